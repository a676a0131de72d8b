package openflow

import (
	"net/netip"
	"strconv"
)

// appendValue appends a value of the field as set_field and learn write it, with "/" and the mask
// unless that covers the field whole.
func (f Field) appendValue(b []byte, value, mask U128) []byte {
	whole := mask == f.Mask()
	form := fields[f].form
	if !whole && (form == formPort || form == formPort16) {
		form = formDecimal
	}
	switch form {
	case formDecimal:
		b = strconv.AppendUint(b, value.Lo, 10)
	case formEthernet:
		return appendMasked(b, value, mask, whole, appendMAC)
	case formIPv4:
		return appendPrefix(b, value, mask, 32, appendIPv4)
	case formIPv6:
		return appendPrefix(b, value, mask, 128, appendIPv6)
	case formPort16:
		return portFromShort(uint16(value.Lo)).Append(b)
	case formPort:
		return Port(value.Lo).Append(b)
	case formCTState, formTCPFlags, formTunnelFlags:
		return f.flags().append(b, value.Lo, mask.Lo)
	case formFrag:
		return appendFrag(b, value.Lo, mask.Lo)
	default:
		b = value.appendHex(b)
	}
	if !whole {
		b = mask.appendHex(append(b, '/'))
	}
	return b
}

func appendMasked(b []byte, value, mask U128, whole bool, one func([]byte, U128) []byte) []byte {
	b = one(b, value)
	if !whole {
		b = one(append(b, '/'), mask)
	}
	return b
}

// appendPrefix appends an address with the length of its prefix, or with a mask that is none.
func appendPrefix(b []byte, value, mask U128, bits int, one func([]byte, U128) []byte) []byte {
	b = one(b, value)
	if mask == Ones(bits) {
		return b
	}
	b = append(b, '/')
	if n := prefixLength(mask, bits); n >= 0 {
		return strconv.AppendInt(b, int64(n), 10)
	}
	return one(b, mask)
}

// prefixLength is the number of ones that the mask of so many bits begins with, or -1 if there are
// other ones.
func prefixLength(mask U128, bits int) int {
	low := Ones(bits).AndNot(mask)
	n := low.Len()
	if low != Ones(n) {
		return -1
	}
	return bits - n
}

func appendMAC(b []byte, v U128) []byte {
	for shift := 40; shift >= 0; shift -= 8 {
		b = appendHexDigits(b, v.Lo>>shift&0xff, 2)
		if shift > 0 {
			b = append(b, ':')
		}
	}
	return b
}

func appendIPv4(b []byte, v U128) []byte {
	a := netip.AddrFrom4([4]byte{byte(v.Lo >> 24), byte(v.Lo >> 16), byte(v.Lo >> 8), byte(v.Lo)})
	return a.AppendTo(b)
}

// appendIPv6 appends an address as inet_ntop(3) does, which writes the last 32 bits as an IPv4
// address if all bits before them are 0.
func appendIPv6(b []byte, v U128) []byte {
	if v.Hi == 0 && v.Lo>>32 == 0 && v.Lo>>16 != 0 {
		return appendIPv4(append(b, ':', ':'), v)
	}
	var bytes [16]byte
	v.appendBig(bytes[:0], 16)
	return netip.AddrFrom16(bytes).AppendTo(b)
}

// The bits of ip_frag: whether the packet is a fragment, and whether another than the first.
const (
	fragAny   = 1
	fragLater = 2
)

// fragNames are the words for values and masks of ip_frag.
var fragNames = []struct {
	name        string
	value, mask uint64
}{
	{"no", 0, fragAny | fragLater},
	{"first", fragAny, fragAny | fragLater},
	{"later", fragAny | fragLater, fragAny | fragLater},
	{"yes", fragAny, fragAny},
	{"not_later", 0, fragLater},
}

func appendFrag(b []byte, value, mask uint64) []byte {
	mask &= fragAny | fragLater
	for _, n := range fragNames {
		if n.mask == mask && n.value == value&mask {
			return append(b, n.name...)
		}
	}
	return append(b, "<error>"...)
}
