package function

import (
	"encoding/binary"
	"math/bits"
	"net/netip"
)

// The reference reads addresses with ovs_scan() of Open vSwitch, which takes more than the usual
// spellings: white space and a sign before each number, hexadecimal bytes with 0x, numbers that
// are too large for a byte (their low bits count). What it takes is taken here, because a port
// that works there has to work here. Every method either reads and moves on, or reads nothing
// and stays.

// scanner reads a text from left to right.
type scanner struct {
	text []byte
	at   int
}

// end reports whether all was read.
func (c *scanner) end() bool { return c.at == len(c.text) }

// rest is what was not read.
func (c *scanner) rest() []byte { return c.text[c.at:] }

func isSpace(b byte) bool { return b == ' ' || b >= '\t' && b <= '\r' }

func (c *scanner) space() {
	for c.at < len(c.text) && isSpace(c.text[c.at]) {
		c.at++
	}
}

func (c *scanner) literal(b byte) bool {
	if c.at < len(c.text) && c.text[c.at] == b {
		c.at++
		return true
	}
	return false
}

// word reads exactly w.
func (c *scanner) word(w string) bool {
	if len(c.rest()) < len(w) || string(c.rest()[:len(w)]) != w {
		return false
	}
	c.at += len(w)
	return true
}

// number reads white space, a sign and digits; it wraps around at 64 bits.
func (c *scanner) number(base uint64) (n uint64, ok bool) {
	start := c.at
	c.space()
	negative := c.literal('-')
	if !negative {
		c.literal('+')
	}
	if base == 16 && len(c.rest()) > 1 && c.rest()[0] == '0' && c.rest()[1]|0x20 == 'x' {
		c.at += 2
	}
	for ; c.at < len(c.text); c.at++ {
		d := digit(c.text[c.at])
		if d >= base {
			break
		}
		n, ok = n*base+d, true
	}
	if !ok {
		c.at = start
	}
	if negative {
		n = -n
	}
	return n, ok
}

func digit(b byte) uint64 {
	switch {
	case b >= '0' && b <= '9':
		return uint64(b - '0')
	case b|0x20 >= 'a' && b|0x20 <= 'f':
		return uint64(b|0x20-'a') + 10
	}
	return 99
}

// bytes reads n numbers with separators between them and returns their low bytes, the first one
// highest.
func (c *scanner) bytes(n int, base uint64, separator byte) (v uint64, ok bool) {
	start := c.at
	for i := range n {
		b, ok := uint64(0), i == 0 || c.literal(separator)
		if ok {
			b, ok = c.number(base)
		}
		if !ok {
			c.at = start
			return 0, false
		}
		v = v<<8 | b&0xff
	}
	return v, true
}

func (c *scanner) mac() (uint64, bool) { return c.bytes(6, 16, ':') }

func (c *scanner) ip4() (uint32, bool) {
	v, ok := c.bytes(4, 10, '.')
	return uint32(v), ok
}

// ip4Masked reads an IPv4 address with an optional mask, as a prefix length or dotted. Of a bad
// prefix length it says refused, having read it.
func (c *scanner) ip4Masked() (addr, mask uint32, ok, refused bool) {
	addr, ok = c.ip4()
	if !ok {
		return 0, 0, false, false
	}
	behind := c.at
	if c.literal('/') {
		if m, ok := c.ip4(); ok {
			return addr, m, true, false
		}
		if n, ok := c.number(10); ok {
			// The reference holds it in a C int.
			if n := int32(n); n < 0 || n > 32 {
				return 0, 0, false, true
			}
			return addr, ^uint32(0) << (32 - uint32(n&63)), true, false
		}
		c.at = behind
	}
	return addr, ^uint32(0), true, false
}

// ip4CIDR is ip4Masked for masks that are prefixes; others are refused.
func (c *scanner) ip4CIDR() (p netip.Prefix, ok, refused bool) {
	addr, mask, ok, refused := c.ip4Masked()
	if !ok {
		return p, false, refused
	}
	plen := bits.LeadingZeros32(^mask)
	if mask<<uint(plen) != 0 {
		return p, false, true
	}
	return netip.PrefixFrom(ip4Addr(addr), plen), true, false
}

func ip4Addr(v uint32) netip.Addr {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], v)
	return netip.AddrFrom4(b)
}

// ip6Letters reads what an IPv6 address may consist of, up to 46 letters.
func (c *scanner) ip6Letters() []byte {
	start := c.at
	for c.at < len(c.text) && c.at-start < 46 {
		if b := c.text[c.at]; b != ':' && b != '.' && digit(b) > 15 {
			break
		}
		c.at++
	}
	return c.text[start:c.at]
}

// ip6 reads an IPv6 address and nothing before it.
func (c *scanner) ip6() (netip.Addr, bool) {
	start := c.at
	a, err := netip.ParseAddr(string(c.ip6Letters()))
	if err != nil || !a.Is6() {
		c.at = start
		return netip.Addr{}, false
	}
	return a, true
}

// ip6CIDR reads white space and an IPv6 address with an optional mask, as a prefix length or as
// an address.
func (c *scanner) ip6CIDR() (p netip.Prefix, ok bool) {
	start := c.at
	c.space()
	a, ok := c.ip6()
	if !ok {
		c.at = start
		return p, false
	}
	plen, behind := 128, c.at
	if c.literal('/') {
		slash := c.at
		if n, ok := c.number(10); ok {
			plen = int(int32(n))
		} else if m := c.ip6Letters(); len(m) > 0 {
			c.at = slash
			m, ok := c.ip6()
			if plen = prefixLen(m); !ok {
				plen = -1
			}
		} else {
			c.at = behind
		}
	}
	if plen < 0 || plen > 128 {
		c.at = start
		return p, false
	}
	return netip.PrefixFrom(a, plen), true
}

// prefixLen returns how many bits of a mask are set, or -1 if it is no prefix.
func prefixLen(m netip.Addr) int {
	b := m.As16()
	hi, lo := binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
	n := bits.LeadingZeros64(^hi)
	if n == 64 {
		n += bits.LeadingZeros64(^lo)
	}
	if n < 64 && (hi<<uint(n) != 0 || lo != 0) || n >= 64 && lo<<uint(n-64) != 0 {
		return -1
	}
	return n
}

// dynamic reports whether the whole text asks for addresses to be allocated: "dynamic", with
// an IPv4 or IPv6 address or both behind it, or with an Ethernet address before it. The reference
// does not look whether what stands for the IPv6 address is one.
func (c *scanner) dynamic() bool {
	if _, ok := c.mac(); ok {
		c.space()
		return c.word("dynamic") && c.end()
	}
	if !c.word("dynamic") {
		return false
	}
	if c.end() {
		return true
	}
	c.space()
	if _, ok := c.ip4(); ok {
		if c.end() {
			return true
		}
		c.space()
	}
	return len(c.ip6Letters()) > 0 && c.end()
}
