package check

import (
	"fmt"

	"woven/engine/syntax"
	"woven/relations"
)

// columnsMax is what the engine can handle.
const columnsMax = 32

// declare makes the declared relations.
func (c *checker) declare() {
	for _, f := range c.files {
		for _, d := range f.Decls {
			if first := c.relations[d.Pred]; first != nil {
				c.errorAt(d.Pos, d, "duplicate-decl", d.Pred+" is declared twice",
					"the first declaration is at "+first.Decl.Pos.String())
				continue
			}
			r := &Relation{Schema: relations.Schema{Name: d.Pred}, Decl: d}
			c.relations[d.Pred] = r
			c.home[r] = f.Path
			c.checkAnnotations(d)
			_, r.Base = r.Annotation("extensional")
			_, r.Output = r.Annotation("output")
			c.declareColumns(r)
		}
	}
}

// declareColumns gives a relation its columns; a type stays invalid where no bound says it.
func (c *checker) declareColumns(r *Relation) {
	d := r.Decl
	if len(d.Args) > columnsMax {
		c.errorAt(d.Pos, d, "too-many-columns", fmt.Sprintf("%s has %d columns", d.Pred,
			len(d.Args)), fmt.Sprintf("a relation has at most %d; split it", columnsMax))
	}
	for _, name := range d.Args {
		r.Columns = append(r.Columns, relations.Column{Name: name})
	}
	if r.Base && len(d.Bounds) == 0 && len(d.Args) > 0 {
		c.errorAt(d.Pos, d, "missing-bound", "nothing tells the types of "+d.Pred+"'s columns",
			"a relation with extensional() has a bound: bound [/string, ...]")
	}
	for i, bound := range d.Bounds {
		for j, e := range bound {
			t, ok := c.columnType(d, e)
			switch known := r.Columns[j].Type; {
			case !ok:
			case i == 0:
				r.Columns[j].Type = t
			case known.Kind != relations.Invalid && !known.Equal(t):
				c.errorAt(e.Pos, d, "bounds-differ", fmt.Sprintf("column %s is %s here and %s above",
					d.Args[j], t, known), "a column has one type; several bounds have to agree")
			}
		}
	}
}

var simpleTypes = map[string]relations.Kind{"/string": relations.String,
	"/number": relations.Number, "/float64": relations.Float, "/name": relations.Name,
	"/bool": relations.Name, "/uuid": relations.UUID, "/mac": relations.MAC, "/ip": relations.IP}

// columnType reads a type expression; ok is false after a report.
func (c *checker) columnType(d *syntax.Decl, e syntax.TypeExpr) (t relations.Type, ok bool) {
	if k, ok := simpleTypes[e.Name]; ok {
		return relations.T(k), true
	}
	want := map[string]int{"List": 1, "Map": 2}
	n, composite := want[e.Name]
	if e.Name == "Struct" {
		composite, n = true, len(e.Fields)
	}
	if !composite {
		c.errorAt(e.Pos, d, "unknown-type", e.String()+" is not a type", c.typeHint(e.Name))
		return t, false
	}
	if len(e.Args) != n || e.Name != "Struct" && len(e.Fields) > 0 {
		c.errorAt(e.Pos, d, "unknown-type", e.String()+" is not a type",
			"composite types are .List<T>, .Map<K, V> and .Struct</field : T, ...>")
		return t, false
	}
	elems := make([]relations.Type, n)
	for i, a := range e.Args {
		if elems[i], ok = c.columnType(d, a); !ok {
			return t, false
		}
	}
	switch e.Name {
	case "List":
		return relations.ListOf(elems[0]), true
	case "Map":
		return relations.MapOf(elems[0], elems[1]), true
	}
	t, repeated := structOf(e.Fields, elems)
	if repeated != "" {
		c.errorAt(e.Pos, d, "unknown-type", "the field "+repeated+" is there twice", "")
		return t, false
	}
	return t, true
}

func (c *checker) typeHint(name string) string {
	var names []string
	for n := range simpleTypes {
		names = append(names, n)
	}
	if near := nearest(name, names); near != "" {
		return "did you mean " + near + "?"
	}
	return "types are /string /number /float64 /name /bool /uuid /mac /ip, .List<T>, " +
		".Map<K, V> and .Struct</field : T>"
}
