package logical

import (
	"woven/engine/function"
	"woven/internal/logical/lex"
	"woven/relations"
)

// addTemplates registers what replaces template variables, which matches and actions both may have.
func addTemplates(r *function.Registry) {
	text := relations.T(relations.String)
	r.AddPredicate(&function.Predicate{Name: ":template_needs",
		In:  []relations.Column{{Name: "Text", Type: text}},
		Out: []relations.Column{{Name: "Name", Type: text}},
		Doc: "The names of the template variables (^name) in a match or actions.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			seen := map[string]bool{}
			lex.Templates(s.TextOf(in[0]), func(name string) {
				if !seen[name] {
					seen[name] = true
					emit([]relations.Value{s.String(name)})
				}
			})
		}})
	r.AddFunc(&function.Func{Name: "fn:template_text", Result: text,
		Params: []relations.Type{text, relations.MapOf(text, text)},
		Doc: "A match or actions with the template variables (^name) replaced by their values; one that " +
			"is not in the map by its name.",
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			values := map[string]string{}
			entries := s.Elements(args[1])
			for i := 0; i+1 < len(entries); i += 2 {
				values[s.TextOf(entries[i])] = s.TextOf(entries[i+1])
			}
			return s.String(lex.Substitute(s.TextOf(args[0]), func(name string) (string, bool) {
				value, known := values[name]
				return value, known
			}))
		}})
}
