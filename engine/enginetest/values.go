package enginetest

import (
	"woven/engine/syntax"
	"woven/relations"
)

// The values of base facts are few, so that joins find partners. The texts are ones that
// formats of small numbers and other texts spell too; the last number is beyond 31 bits; sums
// of the last two floats depend on their order.
var (
	numbers = []int64{0, 1, 2, 3, 4, 5, 3_000_000_000}
	texts   = []string{"", "a", "b", "1", "a1", "b2"}
	names   = []string{"/x", "/y", "/true"}
	floats  = []float64{0.5, 1, 2.25, 0.1, 1e17}
	ips     = []string{"10.0.0.1/32", "10.0.0.0/24", "fd00::1/128"}
	macs    = []string{"00:00:00:00:00:01", "0a:00:00:00:00:02"}
	uuids   = []string{"00000000-0000-4000-8000-000000000001",
		"00000000-0000-4000-8000-000000000002"}
)

// cell draws a value of a base fact.
func (g *generator) cell(t relations.Type) Cell {
	c := Cell{Type: t}
	switch t.Kind {
	case relations.Number:
		c.Number = numbers[g.intn(len(numbers)-1)]
		if g.chance(3) {
			c.Number = numbers[len(numbers)-1]
		}
	case relations.String:
		c.Text = pick(g, texts)
	case relations.Name:
		c.Text = pick(g, names)
	case relations.Float:
		c.Float = pick(g, floats)
	case relations.IP:
		c.Text = pick(g, ips)
	case relations.MAC:
		c.Text = pick(g, macs)
	case relations.UUID:
		c.Text = pick(g, uuids)
	case relations.List:
		for range g.intn(3) {
			c.List = append(c.List, g.cell(t.Elems[0]))
		}
	}
	return c
}

// constant draws a constant of a type; nil if the language has none.
func (g *generator) constant(t relations.Type) syntax.Term {
	switch t.Kind {
	case relations.Number:
		return &syntax.Const{Kind: syntax.NumberConst, Num: int64(g.intn(6))}
	case relations.String:
		return &syntax.Const{Kind: syntax.StringConst, Str: pick(g, texts)}
	case relations.Name:
		return &syntax.Const{Kind: syntax.NameConst, Str: pick(g, names)}
	case relations.Float:
		return &syntax.Const{Kind: syntax.FloatConst, Float: pick(g, floats)}
	case relations.List:
		list := &syntax.Call{Fn: "fn:list"}
		for range 1 + g.intn(2) {
			if e := g.constant(t.Elems[0]); e != nil {
				list.Args = append(list.Args, e)
			}
		}
		if len(list.Args) > 0 {
			return list
		}
	}
	return nil
}
