package function

import (
	"fmt"
	"net/netip"

	"woven/relations"
)

const macForm = "an Ethernet address is expected: six hexadecimal bytes with colons between them"

func addMAC(r *Registry) {
	r.AddPredicate(
		&Predicate{Name: ":mac", In: columns(column("Text", text)), Out: columns(column("Mac", mac)),
			Doc: "The Ethernet address that the whole text spells, as OVS reads it: a byte may have " +
				"one digit; nothing if it spells none.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				var buf scratch
				c := scanner{text: buf.text(s, in[0])}
				if m, ok := c.mac(); ok && c.end() {
					emit([]relations.Value{s.MAC(m)})
				}
			}},
		whyNot(":mac_error", "Why :mac yields nothing for the text.", func(b []byte) string {
			c := scanner{text: b}
			if _, ok := c.mac(); ok && c.end() {
				return ""
			}
			return macForm
		}))
	addMACStarts(r)
	r.AddFunc(
		&Func{Name: "fn:mac", Params: types(text), Result: mac, Compile: compileMAC,
			Doc: `The Ethernet address of a constant text such as "0a:00:00:00:00:01".`},
		macTest("fn:mac:is_multicast", "Whether the Ethernet address is that of a group; also the broadcast "+
			"address is.", func(m uint64) bool { return m>>40&1 != 0 }),
		macTest("fn:mac:is_broadcast", "Whether the Ethernet address is ff:ff:ff:ff:ff:ff.",
			func(m uint64) bool { return m == 1<<48-1 }),
		macTest("fn:mac:is_zero", "Whether the Ethernet address is 00:00:00:00:00:00.",
			func(m uint64) bool { return m == 0 }),
		&Func{Name: "fn:mac:to_number", Params: types(mac), Result: number,
			Doc: "The 48 bits of the Ethernet address, the first byte highest.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				return s.Number(int64(s.MACOf(args[0])))
			}},
		&Func{Name: "fn:mac:from_number", Params: types(number), Result: mac,
			Doc: "The Ethernet address of the number's low 48 bits.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				return s.MAC(uint64(s.Int(args[0])))
			}},
		&Func{Name: "fn:mac:eui64_lla", Params: types(mac), Result: ip,
			Doc: "The IPv6 link-local address that a host makes of its Ethernet address (RFC 4291, " +
				"appendix A).",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				return s.IP(host(eui64([16]byte{0: 0xfe, 1: 0x80}, s.MACOf(args[0]))))
			}},
	)
}

// addMACStarts adds what reads the options of NB_Global, of which the reference looks at the
// start alone.
func addMACStarts(r *Registry) {
	r.AddPredicate(
		portMAC(":mac_start", "The Ethernet address at the start of the text, whatever follows it; "+
			"nothing if it does not begin with one."),
		whyNot(":mac_start_error", "Why :mac_start yields nothing for the text.", func(b []byte) string {
			if _, ok := (&scanner{text: b}).mac(); ok {
				return ""
			}
			return noMAC
		}),
		&Predicate{Name: ":mac_prefix", In: columns(column("Text", text)),
			Out: columns(column("Prefix", text)),
			Doc: "The first three bytes of an Ethernet address at the start of the text, in the usual " +
				"spelling, such as 0a:00:0c; nothing if it does not begin with them.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				var buf, out scratch
				c := scanner{text: buf.text(s, in[0])}
				if m, ok := c.bytes(3, 16, ':'); ok {
					const length = len("00:00:00")
					emit([]relations.Value{s.Bytes(relations.AppendMAC(out[:0], m<<24)[:length])})
				}
			}},
		whyNot(":mac_prefix_error", "Why :mac_prefix yields nothing for the text.",
			func(b []byte) string {
				if _, ok := (&scanner{text: b}).bytes(3, 16, ':'); ok {
					return ""
				}
				return "it does not begin with three hexadecimal bytes with colons between them"
			}))
}

func macTest(name, doc string, f func(m uint64) bool) *Func {
	return &Func{Name: name, Params: types(mac), Result: boolean, Doc: doc,
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			return relations.Bool(f(s.MACOf(args[0])))
		}}
}

func compileMAC(s *relations.Store, args []Arg) (Eval, error) {
	if len(args) != 1 || !args[0].Const {
		return nil, fmt.Errorf("its argument must be a text constant; :mac reads texts that rows bring")
	}
	t := s.TextOf(args[0].Value)
	c := scanner{text: []byte(t)}
	m, ok := c.mac()
	// A constant in a rule is written the usual way.
	if !ok || string(relations.AppendMAC(nil, m)) != t {
		return nil, fmt.Errorf("%q is no Ethernet address in the form 0a:00:00:00:00:01, in lower case", t)
	}
	return func(s *relations.Store, _ []relations.Value) relations.Value { return s.MAC(m) }, nil
}

// eui64 fills the last 8 bytes of an address from an Ethernet address.
func eui64(a [16]byte, m uint64) netip.Addr {
	a[8], a[9], a[10] = byte(m>>40)^2, byte(m>>32), byte(m>>24)
	a[11], a[12] = 0xff, 0xfe
	a[13], a[14], a[15] = byte(m>>16), byte(m>>8), byte(m)
	return netip.AddrFrom16(a)
}
