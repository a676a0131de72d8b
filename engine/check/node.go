package check

import (
	"fmt"
	"sort"
	"strings"

	"woven/engine/syntax"
	"woven/relations"
)

// node is a type that is being found out: free, or of a kind with parts that may be free in
// turn. Nodes that were unified share a root. The kind Invalid stands for a type behind which
// there is a fault that was reported already; it goes with every other.
type node struct {
	link   *node
	free   bool
	kind   relations.Kind
	elems  []*node
	fields []string
	why    string // what first gave the node its kind, for messages
}

func freeNode() *node { return &node{free: true} }

func faultyNode() *node { return &node{} }

// nodeOf makes a node of a type. Type variables are looked up in vars, or added to them; Any
// becomes a free node.
func nodeOf(t relations.Type, vars map[string]*node, why string) *node {
	switch t.Kind {
	case relations.Any:
		return freeNode()
	case relations.TypeVar:
		n := vars[t.Var]
		if n == nil {
			n = freeNode()
			if vars != nil {
				vars[t.Var] = n
			}
		}
		return n
	}
	n := &node{kind: t.Kind, fields: t.Fields, why: why}
	for _, e := range t.Elems {
		n.elems = append(n.elems, nodeOf(e, vars, why))
	}
	return n
}

func (n *node) find() *node {
	for n.link != nil {
		if n.link.link != nil {
			n.link = n.link.link
		}
		n = n.link
	}
	return n
}

// unify makes two types one; it reports whether they can be.
func unify(a, b *node) bool {
	a, b = a.find(), b.find()
	switch {
	case a == b:
		return true
	case a.free:
		if b.contains(a) {
			return false
		}
		a.link = b
		return true
	case b.free:
		return unify(b, a)
	case a.kind == relations.Invalid || b.kind == relations.Invalid:
		return true
	case a.kind != b.kind || len(a.elems) != len(b.elems):
		return false
	}
	for i := range a.fields {
		if a.fields[i] != b.fields[i] {
			return false
		}
	}
	for i := range a.elems {
		if !unify(a.elems[i], b.elems[i]) {
			return false
		}
	}
	return true
}

func (n *node) contains(x *node) bool {
	n = n.find()
	if n == x {
		return true
	}
	for _, e := range n.elems {
		if e.contains(x) {
			return true
		}
	}
	return false
}

// faulty reports whether a fault that was reported is behind the type or a part of it.
func (n *node) faulty() bool {
	n = n.find()
	if n.free {
		return false
	}
	for _, e := range n.elems {
		if e.faulty() {
			return true
		}
	}
	return n.kind == relations.Invalid
}

// typ returns the type as far as it is known, and whether that is all of it.
func (n *node) typ() (t relations.Type, known bool) {
	n = n.find()
	if n.free {
		return relations.VarType("unknown"), false
	}
	t = relations.Type{Kind: n.kind, Fields: n.fields}
	known = n.kind != relations.Invalid
	for _, e := range n.elems {
		et, ok := e.typ()
		t.Elems = append(t.Elems, et)
		known = known && ok
	}
	return t, known
}

func (n *node) String() string {
	t, _ := n.typ()
	return t.String()
}

// because says in a hint where a variable's type comes from; other terms speak for themselves.
func (n *node) because(t syntax.Term) string {
	if _, ok := t.(*syntax.Var); !ok {
		return ""
	}
	if why := n.find().why; why != "" {
		return fmt.Sprintf("%s is %s because of %s", t, n, why)
	}
	return ""
}

// structOf makes the type of a struct; repeated is a field that is there twice, or empty.
func structOf(fields []string, elems []relations.Type) (t relations.Type, repeated string) {
	order := fieldOrder(fields)
	t.Kind = relations.Struct
	for i, at := range order {
		if i > 0 && fields[at] == fields[order[i-1]] {
			repeated = fields[at]
		}
		t.Fields = append(t.Fields, fields[at])
		t.Elems = append(t.Elems, elems[at])
	}
	return t, repeated
}

// fieldOrder returns the positions of fields in the order of their names.
func fieldOrder(fields []string) []int {
	order := make([]int, len(fields))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		return strings.Compare(fields[order[i]], fields[order[j]]) < 0
	})
	return order
}
