package openflow

import (
	"encoding/binary"
	"net/netip"
)

func decodeCT(r *reader, depth int) (Action, error) {
	flags := r.u16()
	a := CT{Commit: flags&ctCommit != 0, Force: flags&ctForce != 0}
	if flags&^(ctCommit|ctForce) != 0 {
		r.fail("the flags %#04x are not known", flags)
	}
	source, zone := r.take(4), r.u16()
	a.Table = r.u8()
	r.zeros(3)
	a.ALG = r.u16()
	if r.err != nil {
		return nil, within("ct", r.err)
	}
	if binary.BigEndian.Uint32(source) == 0 {
		a.Zone = zone
	} else {
		s, err := decodePosition(source, zone)
		if err != nil {
			return nil, within("ct", err)
		}
		a.ZoneSource = s
	}
	return a, within("ct", a.decodeNested(r.b, depth))
}

// decodeNested reads the actions in a ct action, of which nat is no action of its own.
func (a *CT) decodeNested(b []byte, depth int) error {
	for len(b) > 0 {
		body, rest, err := cutAction(b)
		if err != nil {
			return err
		}
		if isNAT(b, body) {
			if a.NAT != nil {
				return decodeErrorf("nat is there twice")
			}
			if a.NAT, err = decodeNAT(body[6:]); err != nil {
				return within("nat", err)
			}
		} else {
			one, err := decodeActions(b[:len(b)-len(rest)], depth+1)
			if err != nil {
				return err
			}
			if !setsConnection(one[0]) {
				return decodeErrorf("only ct_mark and ct_label can be set")
			}
			a.Exec = append(a.Exec, one[0])
		}
		b = rest
	}
	return nil
}

func isNAT(b, body []byte) bool {
	return binary.BigEndian.Uint16(b) == actionExperimenter && len(body) >= 6 &&
		binary.BigEndian.Uint32(body) == nicira && binary.BigEndian.Uint16(body[4:]) == nxNAT
}

func decodeNAT(b []byte) (*NAT, error) {
	r := &reader{b: b}
	r.zeros(2)
	flags, present := r.u16(), r.u16()
	n := &NAT{
		Source: flags&natSource != 0, Destination: flags&natDestination != 0,
		Persistent: flags&natPersistent != 0, Hash: flags&natHash != 0, Random: flags&natRandom != 0,
	}
	if flags>>5 != 0 || present>>6 != 0 {
		r.fail("the flags %#04x or the parts %#04x are not known", flags, present)
	}
	address := func(bit uint16, size int) {
		if present&bit == 0 {
			return
		}
		a, _ := netip.AddrFromSlice(r.take(size))
		if bit&(natIPv4Min|natIPv6Min) != 0 {
			n.Min = a
		} else {
			n.Max = a
		}
	}
	if present&(natIPv4Min|natIPv4Max) != 0 && present&(natIPv6Min|natIPv6Max) != 0 {
		r.fail("a range is of IPv4 and of IPv6 addresses")
	}
	address(natIPv4Min, 4)
	address(natIPv4Max, 4)
	address(natIPv6Min, 16)
	address(natIPv6Max, 16)
	if present&natPortMin != 0 {
		n.PortMin = r.u16()
	}
	if present&natPortMax != 0 {
		n.PortMax = r.u16()
	}
	switch why := n.problem(); {
	case why != "":
		r.fail("%s", why)
	case !n.hasRange() && present != 0, present&natPortMin != 0 && n.PortMin == 0,
		present&natPortMax != 0 && n.PortMax == 0, n.PortMax != 0 && n.PortMin == 0:
		r.fail("the range is not whole")
	}
	return n, r.end()
}
