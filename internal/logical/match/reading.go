package match

import (
	"encoding/binary"

	"woven/internal/logical/lex"
)

// MaxItems is how many names, operators, parentheses and constants an expression may have, each set of
// constants in braces being one. An expression of so many takes a tenth of a second.
const MaxItems = 1 << 15

// MaxDepth is how deep parentheses may be nested in each other, as in the reference.
const MaxDepth = 100

// itemKind is the kind of an item: the kind of its token, or one of those below.
type itemKind = lex.Kind

// What the grammar cannot tell from the kind of a token.
const (
	constant itemKind = 100 + iota // anything that a field is compared with, but for the next three
	zero                           // 0, which is also an expression
	one                            // 1, likewise
	set                            // constants in braces
	bits                           // the number of a bit between brackets
)

// item is what the grammar sees of a text: a token, or a set of constants in braces. What a
// constant is does not matter to the grammar.
type item struct {
	kind  itemKind
	token int32 // the item's first token
	slot  int32 // which of the text's constants it is, or -1
}

// slot is a place in a text that constants stand in: the tokens from first to before last, without
// braces.
type slot struct {
	first, last int32
	braces      bool
}

// reading is a text taken apart. Texts with equal keys differ in their constants alone and share a
// template.
type reading struct {
	text   string
	tokens []lex.Token
	items  []item
	slots  []slot
	key    []byte
}

// read takes a text apart.
func (r *reading) read(text string) *lex.Error {
	r.text = text
	r.items, r.slots, r.key = r.items[:0], r.slots[:0], r.key[:0]
	var err *lex.Error
	if r.tokens, err = lex.Scan(r.tokens[:0], text); err != nil {
		return err
	}
	depth := 0
	for i := 0; i < len(r.tokens); i++ {
		if len(r.items) >= MaxItems {
			return lex.At(text, &r.tokens[i], "the expression has more than %d parts: use sets of constants "+
				"in braces, address sets and port groups in place of many comparisons", MaxItems)
		}
		switch t := &r.tokens[i]; t.Kind {
		case lex.Identifier:
			r.add(lex.Identifier, i, t.Text)
		case lex.String, lex.Integer, lex.Masked, lex.AddressSet, lex.PortGroup:
			r.addConstant(i)
		case lex.LeftBrace:
			if i, err = r.addSet(i); err != nil {
				return err
			}
		default:
			if t.Kind == lex.LeftParen {
				depth++
			} else if t.Kind == lex.RightParen {
				depth--
			}
			if depth > MaxDepth {
				return lex.At(text, t, "parentheses are nested more than %d deep: take some out, as in "+
					"a && (b && c)", MaxDepth)
			}
			r.add(t.Kind, i, "")
		}
	}
	return nil
}

func (r *reading) add(k itemKind, token int, text string) {
	r.items = append(r.items, item{k, int32(token), -1})
	r.key = append(r.key, byte(k))
	if text != "" {
		r.key = binary.AppendUvarint(r.key, uint64(len(text)))
		r.key = append(r.key, text...)
	}
}

// addConstant adds a constant, or a bit of a field, which belongs to the template.
func (r *reading) addConstant(i int) {
	t := &r.tokens[i]
	if n := len(r.items); n > 0 && (r.items[n-1].kind == lex.LeftBracket ||
		r.items[n-1].kind == lex.Ellipsis) {
		r.add(bits, i, r.text[t.Start:t.End])
		return
	}
	k := constant
	switch {
	case t.Kind == lex.String:
		k = lex.String
	case t.Kind == lex.Integer && t.Format == lex.Decimal && t.Value.Lo == 0:
		k = zero
	case t.Kind == lex.Integer && t.Format == lex.Decimal && t.Value.Lo == 1:
		k = one
	}
	r.addSlot(k, i, slot{first: int32(i), last: int32(i + 1)})
}

func (r *reading) addSlot(k itemKind, token int, s slot) {
	r.items = append(r.items, item{k, int32(token), int32(len(r.slots))})
	r.slots = append(r.slots, s)
	r.key = append(r.key, byte(k))
}

// addSet adds the constants between braces and returns the closing one. Commas between them and
// behind the last may be left out.
func (r *reading) addSet(open int) (int, *lex.Error) {
	i := open + 1
	for {
		if !isConstant(r.tokens[i].Kind) {
			return 0, lex.At(r.text, &r.tokens[i], "a constant has to stand here: between braces there "+
				"are one or more of them, with commas between them")
		}
		if i++; r.tokens[i].Kind == lex.Comma {
			i++
		}
		if r.tokens[i].Kind == lex.RightBrace {
			r.addSlot(set, open, slot{first: int32(open + 1), last: int32(i), braces: true})
			return i, nil
		}
	}
}

func isConstant(k lex.Kind) bool { return k >= lex.String && k <= lex.PortGroup }

// constants visits the constants of a slot until f returns an error.
func (r *reading) constants(s int32, f func(*lex.Token) *lex.Error) *lex.Error {
	for i := r.slots[s].first; i < r.slots[s].last; i++ {
		if t := &r.tokens[i]; t.Kind != lex.Comma {
			if err := f(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// errorAt places an error of the template in the text.
func (r *reading) errorAt(e *templateError) *lex.Error {
	return lex.At(r.text, &r.tokens[r.items[e.item].token], "%s", e.why)
}
