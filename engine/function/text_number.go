package function

import (
	"errors"
	"strconv"

	"woven/relations"
)

func addTextNumbers(r *Registry) {
	r.AddPredicate(
		&Predicate{Name: ":number", In: columns(column("Text", text)), Out: columns(column("N", number)),
			Doc: "The number that the text spells, in decimal with an optional sign, or in " +
				"hexadecimal after 0x; nothing if it is no number of 64 bits.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				var buf scratch
				if n, why := parseNumber(buf.text(s, in[0])); why == "" {
					emit([]relations.Value{s.Number(n)})
				}
			}},
		whyNot(":number_error", "Why :number yields nothing for the text.",
			func(b []byte) string { _, why := parseNumber(b); return why }),
		&Predicate{Name: ":option_number", In: columns(column("Text", text)),
			Out: columns(column("N", number)),
			Doc: "The number that an option's text spells, as the reference reads it: decimal, of 32 bits " +
				"with a sign, with white space allowed before it; nothing if it is no such number.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				var buf scratch
				if n, ok := parseOption(buf.text(s, in[0])); ok {
					emit([]relations.Value{s.Number(n)})
				}
			}},
		whyNot(":option_number_error", "Why :option_number yields nothing for the text.",
			func(b []byte) string {
				if _, ok := parseOption(b); ok {
					return ""
				}
				return "a decimal number from -2147483648 to 2147483647 is expected"
			}))
	r.AddFunc(
		&Func{Name: "fn:number:to_string", Params: types(number), Result: text,
			Doc: "The number in decimal.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf [24]byte
				return s.Bytes(strconv.AppendInt(buf[:0], s.Int(args[0]), 10))
			}},
		&Func{Name: "fn:number:to_hex", Params: types(number), Result: text,
			Doc: "The number in hexadecimal without 0x; a negative one as its 64 bits.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf [24]byte
				return s.Bytes(strconv.AppendUint(buf[:0], uint64(s.Int(args[0])), 16))
			}},
		&Func{Name: "fn:number:to_c_hex", Params: types(number), Result: text,
			Doc: "The number as C's %#x prints it, and with it Open vSwitch: 0x before hexadecimal " +
				"digits, but 0 for zero; a negative one as its 64 bits.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				n := uint64(s.Int(args[0]))
				if n == 0 {
					return s.String("0")
				}
				var buf [24]byte
				return s.Bytes(strconv.AppendUint(append(buf[:0], "0x"...), n, 16))
			}})
}

// parseOption reads a number as strtoll() does for smap_get_int() of Open vSwitch.
func parseOption(b []byte) (int64, bool) {
	c := scanner{text: b}
	c.space()
	n, err := strconv.ParseInt(string(c.rest()), 10, 32)
	return n, err == nil
}

// parseNumber reads a number; why is empty if there is one.
func parseNumber(b []byte) (n int64, why string) {
	digits, base := b, 10
	negative := len(b) > 0 && b[0] == '-'
	if negative || len(b) > 0 && b[0] == '+' {
		digits = b[1:]
	}
	if len(digits) > 2 && digits[0] == '0' && digits[1]|0x20 == 'x' {
		digits, base = digits[2:], 16
	}
	// A second sign would be strconv's to accept.
	if len(digits) == 0 || digits[0] == '-' || digits[0] == '+' {
		return 0, notANumber
	}
	var buf [72]byte
	if negative {
		digits = append(append(buf[:0], '-'), digits...)
	}
	n, err := strconv.ParseInt(string(digits), base, 64)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return 0, "the number does not fit into 64 bits with a sign"
	case err != nil:
		return 0, notANumber
	}
	return n, ""
}

const notANumber = "it is no number: decimal digits, or hexadecimal ones after 0x, are expected"
