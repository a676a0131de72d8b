package function

import (
	"math"

	"woven/relations"
)

// Options are texts in maps of the databases. The reference reads them more loosely than columns:
// what follows an address is ignored, and a number may have blanks before it.

func addOptions(r *Registry) {
	read := func(name, doc string, out relations.Type,
		value func(s *relations.Store, b []byte) (relations.Value, bool)) *Predicate {
		return &Predicate{Name: name, In: columns(column("Text", text)),
			Out: columns(column("Value", out)), Doc: doc,
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				var buf [64]byte
				if v, ok := value(s, s.AppendString(buf[:0], in[0])); ok {
					emit([]relations.Value{v})
				}
			}}
	}
	r.AddPredicate(
		read(":option_number", "The number that an option's text spells in decimal, with blanks and a "+
			"sign before it if need be; nothing if it spells none or does not fit into 32 bits.", number,
			func(s *relations.Store, b []byte) (relations.Value, bool) {
				n, ok := optionNumber(b)
				return s.Number(n), ok
			}),
		read(":option_mac", "The Ethernet address that an option's text begins with; what follows is "+
			"ignored.", mac,
			func(s *relations.Store, b []byte) (relations.Value, bool) {
				m, ok := (&scanner{text: b}).mac()
				return s.MAC(m), ok
			}),
		read(":option_mac_prefix", "The first three bytes of an Ethernet address that an option's text "+
			"begins with, as a text such as 0a:0b:0c; what follows is ignored.", text,
			func(s *relations.Store, b []byte) (relations.Value, bool) {
				v, ok := (&scanner{text: b}).bytes(3, 16, ':')
				return s.Bytes(relations.AppendMAC(nil, v<<24)[:8]), ok
			}))
}

// optionNumber reads decimal digits, with white space and a sign before them and nothing behind.
func optionNumber(b []byte) (n int64, ok bool) {
	c := scanner{text: b}
	c.space()
	negative := c.literal('-')
	if !negative {
		c.literal('+')
	}
	for ; !c.end(); c.at++ {
		d := c.text[c.at] - '0'
		if n = n*10 + int64(d); d > 9 || n > -math.MinInt32 {
			return 0, false
		}
		ok = true
	}
	if negative {
		n = -n
	}
	return n, ok && n <= math.MaxInt32
}
