package enginetest

import (
	"fmt"
	"slices"
	"strings"

	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// Program is a generated program: relations in an order in which each depends only on earlier
// ones and on those of its own group.
type Program struct {
	Relations []*Relation
}

// Relation is a relation of a generated program.
type Relation struct {
	Name     string
	Types    []relations.Type
	Base     bool
	Output   bool
	Declared bool
	Group    int // relations of one group may depend on each other without negation
	Rules    []*syntax.Clause
	Operator *Operator // instead of rules
}

// Operator is an annotation that makes an algorithm of the engine's fill a relation.
type Operator struct {
	Kind   string // "allocator" or "components"
	Inputs []string
}

// String spells the annotation.
func (o *Operator) String() string {
	return o.Kind + `("` + strings.Join(o.Inputs, `", "`) + `")`
}

func (p *Program) relation(name string) *Relation {
	i := slices.IndexFunc(p.Relations, func(r *Relation) bool { return r.Name == name })
	if i < 0 {
		return nil
	}
	return p.Relations[i]
}

// aggregates reports whether a rule of the relation is an aggregate.
func (r *Relation) aggregates() bool {
	return slices.ContainsFunc(r.Rules, func(c *syntax.Clause) bool {
		return c.Transform != nil && c.Transform.Grouped
	})
}

// clone copies the program so that rules can be added to and dropped from the copy.
func (p *Program) clone() *Program {
	out := &Program{}
	for _, r := range p.Relations {
		c := *r
		c.Rules = slices.Clone(r.Rules)
		out.Relations = append(out.Relations, &c)
	}
	return out
}

// Source returns the program's text.
func (p *Program) Source() string {
	var b strings.Builder
	for _, r := range p.Relations {
		if r.Declared || len(r.Rules) == 0 {
			b.WriteString(r.decl())
		}
		for _, c := range r.Rules {
			b.WriteString(c.String() + "\n")
		}
	}
	return b.String()
}

func (r *Relation) decl() string {
	columns, types := make([]string, len(r.Types)), make([]string, len(r.Types))
	for i, t := range r.Types {
		columns[i], types[i] = fmt.Sprintf("C%d", i), t.String()
	}
	var descr []string
	if r.Base {
		descr = append(descr, "extensional()")
	}
	if r.Output {
		descr = append(descr, "output()")
	}
	if r.Operator != nil {
		descr = append(descr, r.Operator.String())
	}
	text := fmt.Sprintf("Decl %s(%s)", r.Name, strings.Join(columns, ", "))
	if len(descr) > 0 {
		text += " descr [" + strings.Join(descr, ", ") + "]"
	}
	return text + " bound [" + strings.Join(types, ", ") + "].\n"
}

// Check parses and checks the program's text.
func (p *Program) Check(reg *function.Registry) (*check.Program, error) {
	file, faults := syntax.Parse("generated.mg", []byte(p.Source()))
	if len(faults) > 0 {
		return nil, fmt.Errorf("%v", faults)
	}
	checked, diagnostics := check.Check([]*syntax.File{file}, reg, check.Options{AllowCross: true})
	if checked == nil {
		var all []string
		for _, d := range diagnostics {
			if d.Severity == check.Error {
				all = append(all, d.String())
			}
		}
		return nil, fmt.Errorf("%s", strings.Join(all, "\n"))
	}
	return checked, nil
}
