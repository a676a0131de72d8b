package check

import (
	"fmt"
	"sort"
	"strings"

	"woven/engine/syntax"
	"woven/relations"
)

// gather makes the clauses with their names, and the relations that only clauses mention.
func (c *checker) gather() {
	for _, f := range c.files {
		ordinal := map[string]int{}
		for _, sc := range f.Clauses {
			ordinal[sc.Head.Pred]++
			cl := &Clause{Clause: sc, Name: fmt.Sprintf("%s#%d", sc.Head.Pred, ordinal[sc.Head.Pred]),
				Types: map[syntax.Term]relations.Type{}, VarTypes: map[string]relations.Type{},
				Aggregate: sc.Transform != nil && sc.Transform.Grouped}
			c.clauses = append(c.clauses, cl)
			c.gatherHead(cl, f.Path)
			c.checkDirectives(cl)
		}
	}
	for _, r := range c.relations {
		c.sorted = append(c.sorted, r)
	}
	sort.Slice(c.sorted, func(i, j int) bool { return c.sorted[i].Name < c.sorted[j].Name })
}

func (c *checker) gatherHead(cl *Clause, path string) {
	head := cl.Head
	if isPredicate(head) {
		c.errorAt(head.Pos, cl, "derived-predicate", head.Pred+" is registered from Go",
			"a name with a colon cannot be derived")
		return
	}
	r := c.relations[head.Pred]
	if r == nil {
		r = &Relation{Schema: relations.Schema{Name: head.Pred, Columns: headColumns(head)}}
		c.relations[head.Pred] = r
		c.home[r] = path
		if len(head.Args) > columnsMax {
			c.errorAt(head.Pos, cl, "too-many-columns", fmt.Sprintf("%s has %d columns", head.Pred,
				len(head.Args)), fmt.Sprintf("a relation has at most %d; split it", columnsMax))
		}
	}
	r.Clauses = append(r.Clauses, cl)
	if r.Base {
		c.errorAt(head.Pos, cl, "derived-base", head.Pred+" has extensional(): its facts come "+
			"from outside", "derive a relation of another name")
	}
	if a, ok := operatorOf(r); ok {
		c.errorAt(head.Pos, cl, "derived-operator", "the facts of "+head.Pred+" are kept by "+
			a.Name+"()", "derive what the annotation names")
	}
}

// headColumns names the columns of a relation without Decl after the variables of the first
// head.
func headColumns(head *syntax.Atom) []relations.Column {
	columns := make([]relations.Column, len(head.Args))
	taken := map[string]bool{"_": true}
	for i, t := range head.Args {
		columns[i].Name = fmt.Sprintf("C%d", i+1)
		if v, ok := t.(*syntax.Var); ok && !taken[v.Name] {
			columns[i].Name = v.Name
		}
		taken[columns[i].Name] = true
	}
	return columns
}

// The directives are lines of a clause's comment, such as "# woven:cross why".
var directives = []string{"cross", "bounded", "feedback"}

// directive tells whether the clause's comment, or the Decl of its head, allows something.
func (c *checker) allows(cl *Clause, name string) bool {
	for _, line := range strings.Split(cl.Comment, "\n") {
		if d, _, ok := cutDirective(line); ok && d == name {
			return true
		}
	}
	if r := c.relations[cl.Head.Pred]; r != nil {
		_, ok := r.Annotation(name)
		return ok
	}
	return false
}

func cutDirective(line string) (name, reason string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "woven:")
	name, reason, _ = strings.Cut(rest, " ")
	return name, strings.TrimSpace(reason), ok
}

func (c *checker) checkDirectives(cl *Clause) {
	for _, line := range strings.Split(cl.Comment, "\n") {
		name, reason, ok := cutDirective(line)
		if !ok {
			continue
		}
		known := false
		for _, d := range directives {
			known = known || d == name
		}
		if !known {
			c.warnAt(cl.Pos, cl, "unknown-directive", "the directive woven:"+name+" is not known",
				didYouMean(name, directives, "there are woven:"+strings.Join(directives, ", woven:")))
		} else if reason == "" {
			c.warnAt(cl.Pos, cl, "no-reason", "woven:"+name+" does not say why",
				"write the reason behind it")
		}
	}
}
