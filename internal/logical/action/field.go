package action

import (
	"strconv"

	"woven/bridge/openflow"
	"woven/internal/logical/symbol"
)

// field is a field or some bits of one, as an action names it.
type field struct {
	symbol *symbol.Symbol
	at     place
	// bits is how many bits the field has, 0 for inport and outport.
	bits int
	// subfield is where the bits are in OpenFlow. Its field is 0 for those of ICMP messages that
	// only the controller writes.
	subfield openflow.Subfield
}

// anyBits stands for fields of any number of bits, port for inport and outport.
const (
	anyBits = -1
	port    = 0
)

// field finds out which field is meant, and demands of packets what its use demands.
func (a *analyser) field(r *fieldRef) field {
	s := symbol.Lookup(r.Name.Value)
	switch {
	case s == nil:
		return a.noField(at(r.Name), "there is no field of this name")
	case s.Predicate != "":
		return a.noField(at(r.Name), "%s is a condition on packets and no field: name a field of %q",
			s.Name, s.Predicate)
	}
	low, high := 0, s.Width-1
	if r.Low != nil {
		var ok bool
		if low, high, ok = a.bitsOf(r, s); !ok {
			return noField
		}
	}
	base, offset := s.Base()
	f := field{symbol: s, at: at(r.Name), bits: high - low + 1}
	if base.IsPort() {
		f.bits, f.subfield = 0, openflow.Whole(base.Field)
	} else if base.Field != 0 {
		f.subfield = openflow.Part(base.Field, offset+low, f.bits)
	}
	a.demand(s.Prerequisite)
	if s.Parent != nil {
		a.demand(s.Parent.Prerequisite)
	}
	return f
}

// noField is in the place of a field that was not understood; the fault is noted.
var noField = field{symbol: symbol.Lookup("reg0"), subfield: openflow.Whole(openflow.Reg(0))}

func (a *analyser) noField(at place, format string, args ...any) field {
	a.fail(at, format, args...)
	return noField
}

// bitsOf reads the bits of a field that are meant, in brackets.
func (a *analyser) bitsOf(r *fieldRef, s *symbol.Symbol) (low, high int, ok bool) {
	low, ok = a.tokens[at(*r.Low)].Small()
	if high = low; ok && r.High != nil {
		high, ok = a.tokens[at(*r.High)].Small()
	}
	switch {
	case !ok:
		a.fail(at(*r.Low), "bits are counted from 0, in decimal")
	case s.IsPort():
		a.fail(at(*r.Low), "%s holds the name of a port, which has no bits", s.Name)
	case low > high:
		a.fail(at(*r.Low), "the lower bit comes first: [%d..%d]", high, low)
	case high >= s.Width:
		a.fail(at(*r.Low), "%s has only the bits 0 to %d", s.Name, s.Width-1)
	case s.Level == symbol.Nominal && high-low+1 != s.Width:
		a.fail(at(*r.Low), "%s can only be used whole, without bits in brackets", s.Name)
	default:
		return low, high, true
	}
	return 0, 0, false
}

// read is a field that an action looks at, with as many bits as it needs.
func (a *analyser) read(f field, needed int) field {
	switch {
	case needed == port && f.bits != 0:
		a.fail(f.at, "a field that holds a port is needed here: inport or outport")
	case needed != anyBits && needed != port && f.bits == 0:
		a.fail(f.at, "%s holds the name of a port, but a number of %s is needed here", f.symbol.Name,
			bits(needed))
	case needed != anyBits && f.bits != needed:
		a.fail(f.at, "this has %s, but a field of %s is needed here", bits(f.bits), bits(needed))
	case f.subfield.Field == 0:
		a.fail(f.at, "%s can only be set, to a number", f.symbol.Name)
	}
	return f
}

// write is a field that an action changes.
func (a *analyser) write(f field, needed int) field {
	if f.symbol.Writable&a.scope == 0 {
		switch {
		case f.symbol.Writable&symbol.InCTCommit != 0:
			a.fail(f.at, "%s can only be changed within ct_commit { }", f.symbol.Name)
		case f.symbol.Writable != 0:
			a.fail(f.at, "only ct_mark and ct_label can be changed within ct_commit { }")
		default:
			a.fail(f.at, "%s cannot be changed", f.symbol.Name)
		}
	}
	return a.read(f, needed)
}

// bits is a number of bits in words.
func bits(n int) string {
	if n == 1 {
		return "1 bit"
	}
	return strconv.Itoa(n) + " bits"
}
