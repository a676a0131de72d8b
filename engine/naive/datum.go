package naive

import (
	"strings"

	"woven/engine/syntax"
	"woven/relations"
)

// Datum is a value that knows its type.
type Datum struct {
	Type  relations.Type
	Value relations.Value
	text  string // as a .mg file writes it, which tells values of one kind apart
}

// NewDatum returns the datum of a value. A formatted text is replaced by what it spells.
func NewDatum(store *relations.Store, t relations.Type, v relations.Value) Datum {
	if t.Kind == relations.String {
		v = store.Canonical(v)
	}
	return Datum{Type: t, Value: v, text: string(store.AppendLiteral(nil, t, v))}
}

// String spells the datum as a .mg file does.
func (d Datum) String() string { return d.text }

func (d Datum) same(e Datum) bool { return d.Type.Kind == e.Type.Kind && d.text == e.text }

// Row is a fact of a relation.
type Row []Datum

// String spells the row's values with commas between them. Two rows of one relation are the
// same fact exactly when they are spelled the same.
func (r Row) String() string {
	texts := make([]string, len(r))
	for i, d := range r {
		texts[i] = d.text
	}
	return strings.Join(texts, ", ")
}

// constant returns the datum that a constant stands for.
func (e *Evaluator) constant(c *syntax.Const) Datum {
	d, ok := e.constants[c]
	if ok {
		return d
	}
	switch c.Kind {
	case syntax.NumberConst:
		d = NewDatum(e.store, relations.T(relations.Number), e.store.Number(c.Num))
	case syntax.FloatConst:
		d = NewDatum(e.store, relations.T(relations.Float), e.store.Float(c.Float))
	case syntax.NameConst:
		d = NewDatum(e.store, relations.T(relations.Name), e.store.Name(c.Str))
	default:
		d = NewDatum(e.store, relations.T(relations.String), e.store.String(c.Str))
	}
	e.constants[c] = d
	return d
}
