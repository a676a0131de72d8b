package function

import (
	"bytes"

	"woven/relations"
)

// Texts are bytes; lengths and places count them. Letter case is that of ASCII, as in the
// databases' keywords.

func addText(r *Registry) {
	r.AddFunc(
		textMap("fn:string:trim", "The text without white space at its ends.", bytes.TrimSpace),
		textMap("fn:string:lower", "The text with A to Z in lower case.", func(b []byte) []byte {
			for i, c := range b {
				if c >= 'A' && c <= 'Z' {
					b[i] = c | 0x20
				}
			}
			return b
		}),
		textMap("fn:string:upper", "The text with a to z in upper case.", func(b []byte) []byte {
			for i, c := range b {
				if c >= 'a' && c <= 'z' {
					b[i] = c &^ 0x20
				}
			}
			return b
		}),
		textTest("fn:string:contains", "Whether the first text contains the second.", bytes.Contains),
		textTest("fn:string:starts_with", "Whether the first text begins with the second.",
			bytes.HasPrefix),
		textTest("fn:string:ends_with", "Whether the first text ends in the second.", bytes.HasSuffix),
		textTest("fn:string:lt", "Whether the first text sorts before the second by its bytes.",
			func(a, b []byte) bool { return bytes.Compare(a, b) < 0 }),
		&Func{Name: "fn:string:len", Params: types(text), Result: number,
			Doc: "How many bytes the text has.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf [128]byte
				return s.Number(int64(len(s.AppendString(buf[:0], args[0]))))
			}},
		&Func{Name: "fn:string:substring", Params: types(text, number, number), Result: text,
			Doc: "The bytes of the text from the first place, counted from 0, up to but without the " +
				"second; places outside of the text mean its ends.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf [128]byte
				b := s.AppendString(buf[:0], args[0])
				n := int64(len(b))
				from := min(max(s.Int(args[1]), 0), n)
				return s.Bytes(b[from:max(min(s.Int(args[2]), n), from)])
			}},
		&Func{Name: "fn:string:replace", Params: types(text, text, text), Result: text,
			Doc: "The first text with every occurrence of the second replaced by the third; an empty " +
				"second text occurs nowhere.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var b1, b2, b3 [128]byte
				b, old := s.AppendString(b1[:0], args[0]), s.AppendString(b2[:0], args[1])
				if len(old) == 0 || !bytes.Contains(b, old) {
					return s.Bytes(b)
				}
				return s.Bytes(bytes.ReplaceAll(b, old, s.AppendString(b3[:0], args[2])))
			}},
	)
}

// textMap is a function from text to text; f may change its argument, which is a copy.
func textMap(name, doc string, f func([]byte) []byte) *Func {
	return &Func{Name: name, Params: types(text), Result: text, Doc: doc,
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			var buf [128]byte
			return s.Bytes(f(s.AppendString(buf[:0], args[0])))
		}}
}

func textTest(name, doc string, f func(a, b []byte) bool) *Func {
	return &Func{Name: name, Params: types(text, text), Result: boolean, Doc: doc,
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			var b1, b2 [128]byte
			return relations.Bool(f(s.AppendString(b1[:0], args[0]), s.AppendString(b2[:0], args[1])))
		}}
}
