package function

import "woven/relations"

// The types that signatures are written with.
var (
	text    = relations.T(relations.String)
	number  = relations.T(relations.Number)
	float   = relations.T(relations.Float)
	name    = relations.T(relations.Name)
	boolean = relations.T(relations.Name)
	uuid    = relations.T(relations.UUID)
	mac     = relations.T(relations.MAC)
	ip      = relations.T(relations.IP)
	anyType = relations.T(relations.Any)
	typeT   = relations.VarType("T")
	typeK   = relations.VarType("K")
	typeV   = relations.VarType("V")
)

func types(t ...relations.Type) []relations.Type { return t }

func column(n string, t relations.Type) relations.Column { return relations.Column{Name: n, Type: t} }

func columns(c ...relations.Column) []relations.Column { return c }

// whyNot makes the twin of a predicate that reads a text: it yields why exactly when reason
// returns one.
func whyNot(name, doc string, reason func(text []byte) string) *Predicate {
	return &Predicate{Name: name, In: columns(column("Text", text)), Out: columns(column("Why", text)),
		Doc: doc,
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			var buf scratch
			if why := reason(buf.text(s, in[0])); why != "" {
				emit([]relations.Value{s.String(why)})
			}
		}}
}
