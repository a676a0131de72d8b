package function

import (
	"bytes"

	"woven/relations"
)

// Texts are bytes; lengths and places count them. Letter case is that of ASCII, as in the
// databases' keywords.

// scratch is room for a copy of a text; a longer one is copied to the heap.
type scratch [128]byte

func (b *scratch) text(s *relations.Store, v relations.Value) []byte {
	return s.AppendString(b[:0], v)
}

func addText(r *Registry) {
	r.AddFunc(
		&Func{Name: "fn:string:trim", Params: types(text), Result: text,
			Doc: "The text without white space at its ends.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf scratch
				return s.Bytes(bytes.TrimSpace(buf.text(s, args[0])))
			}},
		&Func{Name: "fn:string:lower", Params: types(text), Result: text,
			Doc: "The text with A to Z in lower case.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf scratch
				return s.Bytes(changeCase(buf.text(s, args[0]), 'A'))
			}},
		&Func{Name: "fn:string:upper", Params: types(text), Result: text,
			Doc: "The text with a to z in upper case.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf scratch
				return s.Bytes(changeCase(buf.text(s, args[0]), 'a'))
			}},
		&Func{Name: "fn:string:len", Params: types(text), Result: number,
			Doc: "How many bytes the text has.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf scratch
				return s.Number(int64(len(buf.text(s, args[0]))))
			}},
		&Func{Name: "fn:string:substring", Params: types(text, number, number), Result: text,
			Doc: "The bytes of the text from the first place, counted from 0, up to but without the " +
				"second; places outside of the text mean its ends.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf scratch
				b := buf.text(s, args[0])
				n := int64(len(b))
				from := min(max(s.Int(args[1]), 0), n)
				return s.Bytes(b[from:max(min(s.Int(args[2]), n), from)])
			}},
		&Func{Name: "fn:string:replace", Params: types(text, text, text), Result: text,
			Doc: "The first text with every occurrence of the second replaced by the third; an empty " +
				"second text occurs nowhere.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var b1, b2, b3 scratch
				b, old := b1.text(s, args[0]), b2.text(s, args[1])
				if len(old) == 0 || !bytes.Contains(b, old) {
					return s.Bytes(b)
				}
				return s.Bytes(bytes.ReplaceAll(b, old, b3.text(s, args[2])))
			}},
	)
}

func addTextTests(r *Registry) {
	test := func(name, doc string, eval Eval) *Func {
		return &Func{Name: name, Params: types(text, text), Result: boolean, Doc: doc, Eval: eval}
	}
	r.AddFunc(
		test("fn:string:contains", "Whether the first text contains the second.",
			func(s *relations.Store, args []relations.Value) relations.Value {
				var a, b scratch
				return relations.Bool(bytes.Contains(a.text(s, args[0]), b.text(s, args[1])))
			}),
		test("fn:string:starts_with", "Whether the first text begins with the second.",
			func(s *relations.Store, args []relations.Value) relations.Value {
				var a, b scratch
				return relations.Bool(bytes.HasPrefix(a.text(s, args[0]), b.text(s, args[1])))
			}),
		test("fn:string:ends_with", "Whether the first text ends in the second.",
			func(s *relations.Store, args []relations.Value) relations.Value {
				var a, b scratch
				return relations.Bool(bytes.HasSuffix(a.text(s, args[0]), b.text(s, args[1])))
			}),
		test("fn:string:lt", "Whether the first text sorts before the second by its bytes.",
			func(s *relations.Store, args []relations.Value) relations.Value {
				return relations.Bool(s.Compare(text, args[0], args[1]) < 0)
			}),
	)
}

// changeCase turns the letters from first on, 'A' or 'a', into those of the other case, in place.
func changeCase(b []byte, first byte) []byte {
	for i, c := range b {
		if c-first < 26 {
			b[i] = c ^ 0x20
		}
	}
	return b
}
