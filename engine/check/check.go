package check

import (
	"fmt"
	"sort"

	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// Check checks files as one program and returns every finding, in the order of the files and
// of the places in them. The program is nil if a finding is an error. Types of relations that
// are not declared follow from the clauses that derive and read them.
func Check(files []*syntax.File, reg *function.Registry, opts Options) (*Program, []Diagnostic) {
	c := &checker{files: files, registry: reg, options: opts,
		relations: map[string]*Relation{}, home: map[*Relation]string{},
		reads: map[*Relation][]read{}, badCalls: map[*syntax.Call]bool{},
		faulty: map[*Clause]bool{}, meant: map[*Relation]bool{}, store: relations.NewStore()}
	c.declare()
	c.gather()
	c.resolve()
	c.link()
	order, recursive := c.order()
	c.stratify(recursive)
	for _, cl := range c.clauses {
		b := c.bind(cl)
		c.checkTransform(cl, b)
		c.checkVariables(cl, b)
		c.checkCross(cl)
	}
	c.infer(order)
	for _, cl := range c.clauses {
		c.checkGrowth(cl, recursive)
		c.checkFeedback(cl)
	}
	c.checkDuplicates()
	c.checkUse()
	return c.finish(order, recursive)
}

// checker is the work on one program.
type checker struct {
	files     []*syntax.File
	registry  *function.Registry
	options   Options
	relations map[string]*Relation
	sorted    []*Relation // by name
	clauses   []*Clause   // in the order of the source
	home      map[*Relation]string
	reads     map[*Relation][]read  // what reads a relation
	uses      map[*Relation][]use   // what a relation depends on
	badCalls  map[*syntax.Call]bool // a fault of theirs is reported
	faulty    map[*Clause]bool      // a fault of theirs is reported
	meant     map[*Relation]bool    // a misspelt name most likely meant them
	columns   map[*Relation][]*node
	store     *relations.Store // holds the constants that functions are asked about
	found     []Diagnostic
}

func (c *checker) finish(order [][]*Relation, recursive map[*Relation]bool) (*Program, []Diagnostic) {
	rank := map[string]int{}
	for i, f := range c.files {
		rank[f.Path] = i
	}
	sort.SliceStable(c.found, func(i, j int) bool {
		a, b := c.found[i].Pos, c.found[j].Pos
		if a.File != b.File {
			return rank[a.File] < rank[b.File]
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Col < b.Col
	})
	for _, d := range c.found {
		if d.Severity == Error {
			return nil, c.found
		}
	}
	return &Program{Files: c.files, Registry: c.registry, Relations: c.relations, Order: order,
		Recursive: recursive}, c.found
}

// errorAt and warnAt report a finding about a clause or declaration.
func (c *checker) errorAt(pos syntax.Pos, about fmt.Stringer, code, message, hint string) {
	if cl, ok := about.(*Clause); ok {
		c.faulty[cl] = true
	}
	c.found = append(c.found, Diagnostic{pos, Error, code, about.String(), message, hint})
}

func (c *checker) warnAt(pos syntax.Pos, about fmt.Stringer, code, message, hint string) {
	c.found = append(c.found, Diagnostic{pos, Warning, code, about.String(), message, hint})
}

func isPredicate(a *syntax.Atom) bool { return a.Pred[0] == ':' }

// matches returns the atoms of a body, negated ones included.
func matches(c *syntax.Clause) []*syntax.Match {
	var out []*syntax.Match
	for _, l := range c.Body {
		if m, ok := l.(*syntax.Match); ok {
			out = append(out, m)
		}
	}
	return out
}

// plural says "1 column" and "2 columns".
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
