package action

import (
	"net/netip"

	"woven/bridge/openflow"
	"woven/internal/logical/lex"
)

// translate is ct_dnat and ct_snat: without an address, translation of what is known already; with
// one, of a new connection.
type translate struct {
	at      place
	source  bool // whether the source is translated, else the destination
	common  bool // whether one zone serves both
	address place
	// low and high are the range of ports. high is 0 for one port, low is 0 for none.
	low, high place
}

func analyseTranslate(source, common bool) func(*call) operation {
	return func(c *call) operation {
		o := translate{at: c.at, source: source, common: common}
		if c.arguments != nil {
			c.translation(&o)
		}
		return o
	}
}

// translation reads (ADDRESS), (ADDRESS, PORT) or (ADDRESS, PORT-PORT).
func (c *call) translation(o *translate) {
	const form = "(ADDRESS, PORT-PORT)"
	n := min(max(len(c.arguments.List), 1), 2)
	given := c.exactly(n, c.name+form)
	o.address = c.address(given[0])
	if n == 1 {
		return
	}
	ports := *given[1]
	if ports.High != nil {
		o.high = at(*ports.High)
		ports.High = nil
	}
	o.low = c.decimal(&ports)
}

// address is an operand that has to be an IP address without a mask.
func (c *call) address(o *operand) place {
	p := c.constantOf(o, lex.Integer, "an IPv4 or IPv6 address")
	if f := c.tokens[p].Format; c.fault == nil && f != lex.IPv4 && f != lex.IPv6 {
		c.fail(p, "an IPv4 or IPv6 address has to be written here")
	}
	return p
}

func (o translate) encode(e *encoder) {
	ct := openflow.CT{Table: e.next(o.at), ZoneSource: e.translationZone(o), NAT: &openflow.NAT{}}
	if o.address != 0 {
		ct.Commit = true
		ct.NAT.Source, ct.NAT.Destination = o.source, !o.source
		ct.NAT.Min = e.address(o.address)
		ct.NAT.PortMin, ct.NAT.PortMax = e.ports(o.low, o.high)
	}
	e.emit(ct)
}

// translationZone is the zone that the connection is looked up in. The common zone is the one for
// DNAT, unless the operator chose a zone for SNAT.
func (e *encoder) translationZone(o translate) openflow.Subfield {
	if o.common {
		if _, chosen := e.lookup("snat_ct_zone", single); chosen && !e.trial() {
			return snatZone
		}
		return dnatZone
	}
	if o.source {
		return snatZone
	}
	return dnatZone
}

// ports is a range of ports.
func (e *encoder) ports(low, high place) (from, to uint16) {
	if low == 0 {
		return 0, 0
	}
	from = uint16(e.small(low, 1, 65535, "a port"))
	if high == 0 {
		return from, 0
	}
	to = uint16(e.small(high, 1, 65535, "a port"))
	if to <= from {
		e.fail(high, "the higher port comes last")
	}
	return from, to
}

// address is an IP address of the text.
func (e *encoder) address(p place) netip.Addr {
	t := e.token(p)
	if t.Format == lex.IPv4 {
		return netip.AddrFrom4([4]byte(bigEndian(t, 4)))
	}
	return netip.AddrFrom16([16]byte(bigEndian(t, 16)))
}

// bigEndian is the size lowest bytes of a number, the highest first.
func bigEndian(t *lex.Token, size int) []byte {
	b := make([]byte, size)
	v := t.Value
	for i := size - 1; i >= 0; i-- {
		b[i] = byte(v.Lo)
		v = v.Shr(8)
	}
	return b
}
