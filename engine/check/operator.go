package check

import (
	"fmt"
	"strings"

	"woven/engine/syntax"
	"woven/relations"
)

// An operator is an algorithm of the engine's that keeps a relation's rows. The relation's
// annotation names the relations that it reads, in this order and of these shapes. P is the
// pool's type, O the owner's, N the node's.
var operators = map[string]operatorShape{
	"allocator": {head: "PO#", inputs: []operatorInput{{"the owners", "PO", "PO#"},
		{"the ranges", "P##", ""}, {"the requests", "PO#", ""}, {"what is held", "PO#", ""}},
		flag: "after_max"},
	"components": {head: "NN", inputs: []operatorInput{{"the edges", "NN", ""}}},
}

// operatorShape gives a letter a column: # is a number, equal letters are equal types.
type operatorShape struct {
	head   string
	inputs []operatorInput
	flag   string // a text that may follow the relations
}

type operatorInput struct{ what, columns, orColumns string }

// operatorOf returns the annotation that names a relation's operator.
func operatorOf(r *Relation) (syntax.Annotation, bool) {
	if a, ok := r.Annotation("allocator"); ok {
		return a, true
	}
	return r.Annotation("components")
}

// linkOperator looks up the relations that an operator reads.
func (c *checker) linkOperator(r *Relation, a syntax.Annotation) {
	shape := operators[a.Name]
	texts := AnnotationStrings(a)
	flagged := len(texts) == len(shape.inputs)+1 && shape.flag != "" &&
		texts[len(texts)-1] == shape.flag
	if len(texts) != len(a.Args) || len(texts) != len(shape.inputs) && !flagged {
		c.errorAt(a.Pos, r.Decl, "malformed-annotation", a.Name+" takes the names of "+
			plural(len(shape.inputs), "relation"), "write "+shape.use(a.Name))
		return
	}
	for i := range shape.inputs {
		pos := a.Args[i].Position()
		in := c.relations[texts[i]]
		if in == nil {
			c.errorAt(pos, r.Decl, "unknown-relation", "there is no relation "+texts[i],
				didYouMean(texts[i], keys(c.relations), "name the relation of "+shape.inputs[i].what))
			continue
		}
		c.uses[r] = append(c.uses[r], use{in, pos, operatorStep, nil})
		c.reads[in] = append(c.reads[in], read{r, r.Decl.Pos.File, pos, nil})
	}
}

func (s operatorShape) use(name string) string {
	for i, in := range s.inputs {
		if i == 0 {
			name += "("
		} else {
			name += ", "
		}
		name += in.what
	}
	return name + ")"
}

// inferOperator gives the columns of an operator's relations their types.
func (c *checker) inferOperator(r *Relation, a syntax.Annotation) {
	shape := operators[a.Name]
	letters := map[rune]*node{'#': nodeOf(relations.T(relations.Number), nil, a.Name+"()")}
	c.shapeColumns(r, a.Pos, r, shape.head, letters)
	for _, u := range c.uses[r] {
		if u.how != operatorStep {
			continue
		}
		for i, name := range AnnotationStrings(a) {
			if i == len(shape.inputs) || name != u.of.Name || a.Args[i].Position() != u.pos {
				continue
			}
			columns := shape.inputs[i].columns
			if len(u.of.Columns) == len(shape.inputs[i].orColumns) {
				columns = shape.inputs[i].orColumns
			}
			c.shapeColumns(r, u.pos, u.of, columns, letters)
		}
	}
}

func (c *checker) shapeColumns(r *Relation, pos syntax.Pos, of *Relation, columns string,
	letters map[rune]*node) {
	if len(columns) != len(of.Columns) {
		c.errorAt(pos, r.Decl, "operator-shape", fmt.Sprintf("%s has %s, here it needs %d", of.Name,
			plural(len(of.Columns), "column"), len(columns)), shapeHint(columns))
		return
	}
	for i, letter := range columns {
		if letters[letter] == nil {
			letters[letter] = freeNode()
		}
		if got := c.columns[of][i]; !unify(got, letters[letter]) {
			c.errorAt(pos, r.Decl, "operator-shape", fmt.Sprintf("%s of %s is %s, here it has to be %s",
				of.Columns[i].Name, of.Name, got, letters[letter]), shapeHint(columns))
		}
	}
}

func shapeHint(columns string) string {
	names := map[rune]string{'P': "Pool", 'O': "Owner", '#': "Number", 'N': "Node"}
	var parts []string
	for _, letter := range columns {
		parts = append(parts, names[letter])
	}
	return "its columns are " + strings.Join(parts, ", ")
}
