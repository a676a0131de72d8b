package lex

import (
	"net/netip"
	"strconv"

	"woven/bridge/openflow"
)

// AppendConstant appends the one spelling of an Integer or Masked token: addresses as they are
// usually written, a mask of IP addresses as the length of its prefix where it is one. A mask that
// leaves no bit out is left out, so that equal constants of one format have equal spellings.
func AppendConstant(dst []byte, t *Token) []byte {
	dst = appendNumber(dst, t.Format, t.Value)
	if t.Kind != Masked || t.whole() {
		return dst
	}
	dst = append(dst, '/')
	if n, ok := t.prefixLength(); ok {
		return strconv.AppendInt(dst, int64(n), 10)
	}
	return appendNumber(dst, t.Format, t.Mask)
}

// whole says whether the mask has every bit that addresses of its format have. Plain numbers have
// no width of their own.
func (t *Token) whole() bool {
	switch t.Format {
	case IPv4:
		return t.Mask == openflow.Ones(32)
	case IPv6:
		return t.Mask == openflow.Ones(128)
	case Ethernet:
		return t.Mask == openflow.Ones(48)
	}
	return false
}

// prefixLength is the number of bits in the mask of an IP address, if they are the highest ones.
func (t *Token) prefixLength() (n int, ok bool) {
	size := 0
	switch t.Format {
	case IPv4:
		size = 32
	case IPv6:
		size = 128
	default:
		return 0, false
	}
	free := openflow.Ones(size).AndNot(t.Mask)
	return size - free.Len(), free == openflow.Ones(free.Len())
}

func appendNumber(dst []byte, f Format, v openflow.U128) []byte {
	switch f {
	case Decimal:
		return strconv.AppendUint(dst, v.Lo, 10)
	case Ethernet:
		for i := 40; i >= 0; i -= 8 {
			dst = append(dst, hexDigits[v.Lo>>(i+4)&15], hexDigits[v.Lo>>i&15], ':')
		}
		return dst[:len(dst)-1]
	case IPv4:
		return netip.AddrFrom4([4]byte{byte(v.Lo >> 24), byte(v.Lo >> 16), byte(v.Lo >> 8),
			byte(v.Lo)}).AppendTo(dst)
	case IPv6:
		return toIPv6(v).AppendTo(dst)
	}
	dst = append(dst, '0', 'x')
	if v.Hi == 0 {
		return strconv.AppendUint(dst, v.Lo, 16)
	}
	dst = strconv.AppendUint(dst, v.Hi, 16)
	for i := 60; i >= 0; i -= 4 {
		dst = append(dst, hexDigits[v.Lo>>i&15])
	}
	return dst
}

const hexDigits = "0123456789abcdef"

func toIPv6(v openflow.U128) netip.Addr {
	var b [16]byte
	for i := range 8 {
		b[i], b[8+i] = byte(v.Hi>>(56-8*i)), byte(v.Lo>>(56-8*i))
	}
	return netip.AddrFrom16(b)
}
