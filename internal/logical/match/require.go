package match

import (
	"slices"

	"woven/bridge/openflow"
	"woven/internal/logical/symbol"
)

// What OpenFlow, and the reference on the way to it, make of comparisons that no packet meets or that
// no match can ask for.

// require asks a field for an equality in a match. It returns false if that is impossible.
func (e *expander) require(m *openflow.Match, field *symbol.Symbol, x equality) bool {
	f := field.Field
	switch {
	case field.IsPort():
		if x.value.Hi == unknownPort {
			return false
		}
		m.SetExact(f, x.value)
	case !f.Maskable() && x.mask != f.Mask():
		// OpenFlow cannot ask for some bits of the field. The reference leaves such a comparison out:
		// of the opposite of eth.type == 0x800, which !ip4.mcast implies, and always of ip.dscp and
		// ip.ecn, which do not fill their byte.
		e.lossy = true
	case f == openflow.FieldARPOp:
		// A switch knows the lower byte only.
		e.lossy = true
		m.SetExact(f, x.value.And(openflow.Ones(8)))
	case f == openflow.FieldVLANTCI:
		e.lossy = true
		requireVLAN(m, x)
	case f == openflow.FieldCTState && x.value.Lo > ctStateBits,
		f == openflow.FieldIPFrag && x == neverFragment:
		return false
	default:
		carried := carrier(*m, f)
		if carried == 0 {
			e.lossy = true
			return true
		}
		if carried != f {
			// The reference keeps the addresses of IPv4 and ARP in one place, where the last one stays.
			*m = slices.DeleteFunc(*m, func(asked openflow.MatchField) bool { return asked.Field == carried })
		}
		m.Set(carried, x.value, x.mask)
		return !asksPortsOfFragment(*m)
	}
	return true
}

// asksPortsOfFragment says whether a match asks for ports of a fragment that is not the first, which
// has none. A switch refuses such a match.
func asksPortsOfFragment(m openflow.Match) bool {
	last := m[len(m)-1].Field
	frag, _ := m.Get(openflow.FieldIPFrag)
	return frag.Value.Lo&2 != 0 && last >= openflow.FieldTCPSrc && last <= openflow.FieldTCPFlags
}

// carrier is the field that is asked for in place of one that the Ethernet type, which has been asked
// for already, does not have: 0 if there is none. It matters to the opposites of predicates such as
// ip4.mcast, which are asked of packets of any type.
func carrier(m openflow.Match, f openflow.Field) openflow.Field {
	switch f {
	case openflow.FieldIPSrc, openflow.FieldIPDst, openflow.FieldIPv6Src, openflow.FieldIPv6Dst,
		openflow.FieldIPFrag:
	default:
		return f
	}
	ether, _ := m.Get(openflow.FieldEthType)
	ip6 := f == openflow.FieldIPv6Src || f == openflow.FieldIPv6Dst
	switch {
	case ether.Value.Lo == etherIPv4 && !ip6:
		return f
	case ether.Value.Lo == etherIPv6 && (ip6 || f == openflow.FieldIPFrag):
		return f
	case (ether.Value.Lo == etherARP || ether.Value.Lo == etherRARP) && f == openflow.FieldIPSrc:
		return openflow.FieldARPSPA
	case (ether.Value.Lo == etherARP || ether.Value.Lo == etherRARP) && f == openflow.FieldIPDst:
		return openflow.FieldARPTPA
	}
	return 0
}

// The Ethernet types that have fields of their own.
const (
	etherIPv4 = 0x0800
	etherARP  = 0x0806
	etherRARP = 0x8035
	etherIPv6 = 0x86dd
)

// neverFragment asks for what no packet is: a later fragment that is no fragment.
var neverFragment = equality{openflow.U64(2), openflow.U64(3)}

// ctStateBits are the bits of ct_state that connection tracking may set.
const ctStateBits = 0xff

// The bits of vlan.tci.
const (
	vlanVID     = 0x0fff
	vlanPresent = 0x1000
	vlanPCP     = 0xe000
)

// requireVLAN asks for bits of a VLAN tag as far as the two fields that OpenFlow has for them can: the
// identifier together with the presence of a tag, and all of the priority of a tag that is there.
func requireVLAN(m *openflow.Match, x equality) {
	value, mask := x.value.Lo, x.mask.Lo&(vlanVID|vlanPresent)
	if x.mask.Lo&vlanPCP != 0 && value&(vlanVID|vlanPresent) != 0 {
		value, mask = value|vlanPresent, mask|vlanPresent|vlanPCP
	}
	m.Set(openflow.FieldVLANTCI, openflow.U64(value&mask), openflow.U64(mask))
}
