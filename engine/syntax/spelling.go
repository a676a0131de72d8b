package syntax

import (
	"fmt"
	"strconv"
	"strings"
)

// String spells the variable.
func (v *Var) String() string { return v.Name }

// String spells the constant as a file does.
func (c *Const) String() string {
	switch c.Kind {
	case NumberConst:
		return strconv.FormatInt(c.Num, 10)
	case FloatConst:
		return spellFloat(c.Float)
	case StringConst:
		return Quote(c.Str)
	case BytesConst:
		return quoteBytes(c.Str)
	}
	return c.Str
}

// String spells the call as a file does; lists, maps and structs have their brackets.
func (c *Call) String() string {
	switch {
	case c.Fn == "fn:list":
		return bracket("[", joinTerms(c.Args), "]")
	case c.Fn == "fn:map" && len(c.Args) > 0 && len(c.Args)%2 == 0:
		return bracket("[", joinPairs(c.Args), "]")
	case c.Fn == "fn:struct" && len(c.Args)%2 == 0:
		return bracket("{", joinPairs(c.Args), "}")
	}
	return c.Fn + "(" + joinTerms(c.Args) + ")"
}

// bracket keeps a sign away from an opening bracket, which it would make a temporal operator.
func bracket(open, inner, closing string) string {
	if strings.HasPrefix(inner, "-") {
		open += " "
	}
	return open + inner + closing
}

func joinTerms(terms []Term) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = t.String()
	}
	return strings.Join(parts, ", ")
}

func joinPairs(terms []Term) string {
	var parts []string
	for i := 0; i < len(terms); i += 2 {
		parts = append(parts, terms[i].String()+" : "+terms[i+1].String())
	}
	return strings.Join(parts, ", ")
}

// String spells the atom as a file does.
func (a *Atom) String() string { return a.Pred + "(" + joinTerms(a.Args) + ")" }

// String spells the condition as a file does.
func (m *Match) String() string {
	if m.Negated {
		return "!" + m.Atom.String()
	}
	return m.Atom.String()
}

// String spells the condition as a file does.
func (c *Compare) String() string { return fmt.Sprintf("%s %s %s", c.L, c.Op, c.R) }

// String spells the transform as a file does, |> included.
func (t *Transform) String() string {
	var parts []string
	if t.Grouped {
		keys := make([]string, len(t.GroupBy))
		for i, k := range t.GroupBy {
			keys[i] = k.Name
		}
		parts = append(parts, "do fn:group_by("+strings.Join(keys, ", ")+")")
	}
	for _, l := range t.Lets {
		parts = append(parts, "let "+l.Var.Name+" = "+l.Fn.String())
	}
	return "|> " + strings.Join(parts, ", ")
}

// String spells the clause on one line, without its comment.
func (c *Clause) String() string {
	s := c.Head.String()
	for i, l := range c.Body {
		if i == 0 {
			s += " :- "
		} else {
			s += ", "
		}
		s += l.(fmt.Stringer).String()
	}
	if c.Transform != nil {
		s += " " + c.Transform.String()
	}
	if n := len(c.Body); n > 0 && c.Transform == nil {
		if cmp, ok := c.Body[n-1].(*Compare); ok {
			if k, ok := cmp.R.(*Const); ok && k.Kind == NameConst {
				s += " " // else the dot would become part of the name
			}
		}
	}
	return s + "."
}

// Quote spells a text as a string constant.
func Quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func quoteBytes(text string) string {
	var b strings.Builder
	b.WriteString(`b"`)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c >= 0x7f:
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// spellFloat keeps the digits on both sides of the point that the language asks for.
func spellFloat(f float64) string {
	s := strconv.FormatFloat(f, 'g', -1, 64)
	if strings.Contains(s, ".") {
		return s
	}
	if i := strings.IndexByte(s, 'e'); i >= 0 {
		return s[:i] + ".0" + s[i:]
	}
	return s + ".0"
}

// String spells the declaration on one line.
func (d *Decl) String() string {
	s := "Decl " + d.Pred + "(" + strings.Join(d.Args, ", ") + ")"
	for i, a := range d.Descr {
		if i == 0 {
			s += " descr ["
		} else {
			s += ", "
		}
		s += a.Name + "(" + joinTerms(a.Args) + ")"
	}
	if len(d.Descr) > 0 {
		s += "]"
	}
	for _, bound := range d.Bounds {
		s += " bound [" + joinTypes(bound, nil) + "]"
	}
	return s + "."
}

// String spells the type as a bound does.
func (t TypeExpr) String() string {
	if strings.HasPrefix(t.Name, "/") {
		return t.Name
	}
	return "." + t.Name + "<" + joinTypes(t.Args, t.Fields) + ">"
}

func joinTypes(types []TypeExpr, fields []string) string {
	parts := make([]string, len(types))
	for i, t := range types {
		if parts[i] = t.String(); i < len(fields) {
			parts[i] = fields[i] + " : " + parts[i]
		}
	}
	return strings.Join(parts, ", ")
}
