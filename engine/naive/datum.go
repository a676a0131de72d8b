package naive

import (
	"fmt"
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

func constant(store *relations.Store, c *syntax.Const) (Datum, error) {
	switch c.Kind {
	case syntax.StringConst, syntax.BytesConst:
		return NewDatum(store, relations.T(relations.String), store.String(c.Str)), nil
	case syntax.NumberConst:
		return NewDatum(store, relations.T(relations.Number), store.Number(c.Num)), nil
	case syntax.FloatConst:
		return NewDatum(store, relations.T(relations.Float), store.Float(c.Float)), nil
	case syntax.NameConst:
		return NewDatum(store, relations.T(relations.Name), store.Name(c.Str)), nil
	}
	return Datum{}, fmt.Errorf("%s: %s is no constant of a known kind", c.Pos, c)
}
