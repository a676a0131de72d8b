package action

import "woven/bridge/openflow"

// The Ethernet addresses of routers' neighbours: get_arp, put_arp, lookup_arp, lookup_arp_ip, and
// the same for IPv6.

// family is an IP version, as these actions differ by it.
type family struct {
	bits   int
	in     openflow.Field // where the address is expected
	putter opcode
}

var (
	ipv4 = family{32, openflow.Reg(0), opPutARP}
	ipv6 = family{128, openflow.XXReg(0), opPutND}
)

// getNeighbor sets eth.dst to the address of a neighbour, or to zeros.
type getNeighbor struct {
	port, address field
	family        family
}

// putNeighbor tells the controller of a neighbour.
type putNeighbor struct {
	at                place
	port, address, of field
	family            family
}

// knowsNeighbor sets a bit to whether the neighbour is known with this Ethernet address.
type knowsNeighbor struct {
	target, port, address, of field
	family                    family
}

// knowsAddress sets a bit to whether the neighbour is known.
type knowsAddress struct {
	target, port, address field
	family                family
}

func analyseGetNeighbor(f family) func(*call) operation {
	return func(c *call) operation {
		given := c.exactly(2, "PORT, ADDRESS")
		return getNeighbor{c.fieldOf(given[0], port), c.fieldOf(given[1], f.bits), f}
	}
}

func analysePutNeighbor(f family) func(*call) operation {
	return func(c *call) operation {
		given := c.exactly(3, "PORT, ADDRESS, MAC")
		return putNeighbor{c.at, c.fieldOf(given[0], port), c.fieldOf(given[1], f.bits),
			c.fieldOf(given[2], 48), f}
	}
}

func analyseKnowsNeighbor(f family) func(*call) operation {
	return func(c *call) operation {
		given := c.exactly(3, "PORT, ADDRESS, MAC")
		return knowsNeighbor{c.write(c.target, 1), c.fieldOf(given[0], port),
			c.fieldOf(given[1], f.bits), c.fieldOf(given[2], 48), f}
	}
}

func analyseKnowsAddress(f family) func(*call) operation {
	return func(c *call) operation {
		given := c.exactly(2, "PORT, ADDRESS")
		return knowsAddress{c.write(c.target, 1), c.fieldOf(given[0], port),
			c.fieldOf(given[1], f.bits), f}
	}
}

func (o getNeighbor) encode(e *encoder) {
	e.with([]parameter{{o.port.subfield, outportField}, {o.address.subfield, o.family.in}}, func() {
		e.emit(openflow.Set(openflow.FieldEthDst, openflow.U64(0)))
		e.resubmit(tableMACBinding)
	})
}

func (o putNeighbor) encode(e *encoder) {
	e.with([]parameter{{o.port.subfield, inportField}, {o.address.subfield, o.family.in},
		{o.of.subfield, openflow.FieldEthSrc}}, func() {
		e.toController(o.at, o.family.putter, nil, false)
	})
}

func (o knowsNeighbor) encode(e *encoder) {
	e.with([]parameter{{o.port.subfield, inportField}, {o.address.subfield, o.family.in},
		{o.of.subfield, openflow.FieldEthSrc}}, func() {
		e.ask(tableMACLookup, flagLookupMAC)
		e.answer(flagLookupMAC, o.target)
	})
}

// The table for getNeighbor answers this too; it changes eth.dst, which has to be kept.
func (o knowsAddress) encode(e *encoder) {
	e.with([]parameter{{o.port.subfield, outportField}, {o.address.subfield, o.family.in}}, func() {
		ethDst := openflow.Whole(openflow.FieldEthDst)
		e.emit(openflow.Push{Source: ethDst})
		e.ask(tableMACBinding, flagLookupMAC)
		e.answer(flagLookupMAC, o.target)
		e.emit(openflow.Pop{Destination: ethDst})
	})
}
