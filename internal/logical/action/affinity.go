package action

import (
	"net/netip"

	"woven/bridge/openflow"
)

// commitAffinity has a client come back to the same backend of a load balancer.
type commitAffinity struct {
	vip, backend, timeout place
	protocol              *protocol // nil without ports
}

func analyseCommitAffinity(c *call) operation {
	const form = `commit_lb_aff(vip="10.0.0.1:80", backend="10.0.0.2:80", proto=tcp, timeout=30)`
	var o commitAffinity
	names := []string{"vip", "backend", "proto", "timeout"}
	if len(c.arguments.List) == 3 {
		names = []string{"vip", "backend", "timeout"}
	}
	list := c.inOrder(form, names...)
	o.vip, o.backend = c.quoted(list[0]), c.quoted(list[1])
	o.timeout = c.decimal(list[len(list)-1])
	if len(names) == 4 {
		p := c.protocol(list[2])
		o.protocol = &p
	}
	return o
}

// endpoint is an address with a port, which is 0 if there is none.
type endpoint struct {
	address netip.Addr
	port    uint16
}

// endpoint reads an address in the text at a place, in brackets if it is of IPv6 and has a port.
func (e *encoder) endpoint(p place) endpoint {
	text := e.token(p).Text
	if ap, err := netip.ParseAddrPort(text); err == nil {
		return endpoint{ap.Addr(), ap.Port()}
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		e.fail(p, "an IP address has to be written here, with a port or without: 10.0.0.1:80, [fd00::1]:80")
		return endpoint{address: netip.IPv4Unspecified()}
	}
	return endpoint{address: a}
}

// number is the address as the value of a field.
func (p endpoint) number() (v openflow.U128) {
	for _, b := range p.address.AsSlice() {
		v = v.Shl(8).Or(openflow.U64(uint64(b)))
	}
	return v
}

// The registers from which the load balancer takes the backend.
var (
	affinityIPv4       = openflow.Reg(4)
	affinityIPv6Switch = openflow.XXReg(0)
	affinityIPv6Router = openflow.XXReg(1)
	affinityPort       = openflow.Part(openflow.Reg(8), 0, 16)
)

func (o commitAffinity) encode(e *encoder) {
	vip, backend := e.endpoint(o.vip), e.endpoint(o.backend)
	is6 := vip.address.Is6()
	switch {
	case backend.address.Is6() != is6:
		e.fail(o.backend, "the backend has an address of the same kind as the VIP")
	case (vip.port != 0) != (o.protocol != nil):
		e.fail(o.vip, "a VIP with a port has a protocol, and one without has none")
	}
	a := addressesOf(is6)
	learn := openflow.Learn{Table: tableLoadBalancerAffine, Priority: openflow.DefaultPriority,
		IdleTimeout: uint16(e.small(o.timeout, 0, 65535, "a timeout")), DeleteLearned: true}
	learn.Specs = []openflow.LearnSpec{matching(openflow.FieldMetadata),
		matchingValue(openflow.FieldEthType, openflow.U64(a.etherType)), matching(a.src),
		matchingValue(a.dst, vip.number())}
	if o.protocol != nil {
		learn.Specs = append(learn.Specs,
			matchingValue(openflow.FieldIPProto, openflow.U64(o.protocol.number)),
			matchingValue(o.protocol.dst, openflow.U64(uint64(vip.port))))
	}
	learn.Specs = append(learn.Specs, loadingFlag(flagAffinity),
		loading(openflow.Whole(e.affinityRegister(is6)), backend.number()))
	if backend.port != 0 {
		learn.Specs = append(learn.Specs, loading(affinityPort, openflow.U64(uint64(backend.port))))
	}
	e.emit(learn)
}

// affinityRegister is where the backend's address goes.
func (e *encoder) affinityRegister(is6 bool) openflow.Field {
	switch {
	case !is6:
		return affinityIPv4
	case e.Router:
		return affinityIPv6Router
	}
	return affinityIPv6Switch
}
