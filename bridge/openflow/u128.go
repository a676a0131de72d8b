package openflow

import (
	"encoding/binary"
	"math/bits"
	"strconv"
)

// U128 is an unsigned number of 128 bits, the widest field that is a number (ct_label, xxreg0 and
// IPv6 addresses). The zero value is 0. Values can be compared with ==.
type U128 struct {
	// Hi holds the bits 127 to 64, Lo the bits 63 to 0.
	Hi, Lo uint64
}

// U64 is the value v.
func U64(v uint64) U128 { return U128{Lo: v} }

// Ones is the value whose n lowest bits are set. More than 128 bits are as 128.
func Ones(n int) U128 {
	switch {
	case n <= 0:
		return U128{}
	case n < 64:
		return U128{Lo: 1<<n - 1}
	case n < 128:
		return U128{Hi: 1<<(n-64) - 1, Lo: ^uint64(0)}
	default:
		return U128{Hi: ^uint64(0), Lo: ^uint64(0)}
	}
}

// IsZero says whether no bit is set.
func (u U128) IsZero() bool { return u.Hi|u.Lo == 0 }

// And has the bits that both have.
func (u U128) And(v U128) U128 { return U128{u.Hi & v.Hi, u.Lo & v.Lo} }

// Or has the bits that either has.
func (u U128) Or(v U128) U128 { return U128{u.Hi | v.Hi, u.Lo | v.Lo} }

// AndNot has the bits of u that v has not.
func (u U128) AndNot(v U128) U128 { return U128{u.Hi &^ v.Hi, u.Lo &^ v.Lo} }

// Shl is u moved n bits towards the highest; what is moved out is lost.
func (u U128) Shl(n int) U128 {
	if n >= 64 {
		return U128{Hi: u.Lo << (n - 64)}
	}
	return U128{Hi: u.Hi<<n | u.Lo>>(64-n), Lo: u.Lo << n}
}

// Shr is u moved n bits towards the lowest; what is moved out is lost.
func (u U128) Shr(n int) U128 {
	if n >= 64 {
		return U128{Lo: u.Hi >> (n - 64)}
	}
	return U128{Hi: u.Hi >> n, Lo: u.Lo>>n | u.Hi<<(64-n)}
}

// Len is the number of bits needed for the value, 0 for 0.
func (u U128) Len() int {
	if u.Hi != 0 {
		return 64 + bits.Len64(u.Hi)
	}
	return bits.Len64(u.Lo)
}

// appendBig appends the size lowest bytes, the highest first.
func (u U128) appendBig(b []byte, size int) []byte {
	switch size {
	case 1:
		return append(b, byte(u.Lo))
	case 2:
		return binary.BigEndian.AppendUint16(b, uint16(u.Lo))
	case 4:
		return binary.BigEndian.AppendUint32(b, uint32(u.Lo))
	case 8:
		return binary.BigEndian.AppendUint64(b, u.Lo)
	}
	for i := size - 1; i >= 0; i-- {
		if i >= 16 {
			b = append(b, 0)
			continue
		}
		b = append(b, byte(u.Shr(8*i).Lo))
	}
	return b
}

// bigU128 reads bytes of which the highest comes first. It is false if the value has more than 128
// bits.
func bigU128(b []byte) (U128, bool) {
	var u U128
	for _, c := range b {
		if u.Hi>>56 != 0 {
			return U128{}, false
		}
		u = u.Shl(8).Or(U64(uint64(c)))
	}
	return u, true
}

// appendHex appends the value as C's %#x: 0x and digits, but 0 alone for zero.
func (u U128) appendHex(b []byte) []byte {
	if u.IsZero() {
		return append(b, '0')
	}
	b = append(b, '0', 'x')
	if u.Hi == 0 {
		return strconv.AppendUint(b, u.Lo, 16)
	}
	b = strconv.AppendUint(b, u.Hi, 16)
	return appendHexDigits(b, u.Lo, 16)
}

// appendHexDigits appends the value as hexadecimal digits, at least width of them.
func appendHexDigits(b []byte, v uint64, width int) []byte {
	for n := max(width, (bits.Len64(v)+3)/4) - 1; n >= 0; n-- {
		b = append(b, "0123456789abcdef"[v>>(4*n)&15])
	}
	return b
}
