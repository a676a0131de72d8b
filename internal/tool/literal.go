package tool

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"

	"woven/engine/syntax"
	"woven/relations"
)

// interner turns constants, as files and command lines write them, into values of a column.
type interner struct {
	store *relations.Store
	row   func(name string) (uuid string, ok bool) // finds a row by its name
}

// value interns a term. Addresses and uuids are written as texts; in the place of a uuid stands
// a row's name too.
func (in interner) value(t relations.Type, term syntax.Term) (relations.Value, error) {
	switch term := term.(type) {
	case *syntax.Var:
		return 0, fault(term.Pos, "%s is a variable, and here a constant is needed", term.Name)
	case *syntax.Call:
		return in.compound(t, term)
	case *syntax.Const:
		if v, ok := in.constant(t, term); ok {
			return v, nil
		}
	}
	return 0, fault(term.Position(), "%s is no %s", term, t)
}

// fault is a finding with a place.
func fault(pos syntax.Pos, format string, args ...any) error {
	return found("%s: %s", pos, fmt.Sprintf(format, args...))
}

func (in interner) constant(t relations.Type, c *syntax.Const) (relations.Value, bool) {
	s := in.store
	switch t.Kind {
	case relations.String:
		return s.String(c.Str), c.Kind == syntax.StringConst
	case relations.Name:
		return s.Name(c.Str), c.Kind == syntax.NameConst
	case relations.Number:
		return s.Number(c.Num), c.Kind == syntax.NumberConst
	case relations.Float:
		if c.Kind == syntax.NumberConst {
			return s.Float(float64(c.Num)), true
		}
		return s.Float(c.Float), c.Kind == syntax.FloatConst
	case relations.UUID, relations.MAC, relations.IP:
		if c.Kind == syntax.StringConst {
			return in.address(t.Kind, c.Str)
		}
	}
	return 0, false
}

func (in interner) address(k relations.Kind, text string) (relations.Value, bool) {
	switch k {
	case relations.MAC:
		mac, err := net.ParseMAC(text)
		if err != nil || len(mac) != 6 {
			return 0, false
		}
		var n uint64
		for _, b := range mac {
			n = n<<8 | uint64(b)
		}
		return in.store.MAC(n), true
	case relations.IP:
		if a, err := netip.ParseAddr(text); err == nil {
			return in.store.IP(netip.PrefixFrom(a, a.BitLen())), true
		}
		p, err := netip.ParsePrefix(text)
		return in.store.IP(p), err == nil
	}
	u, ok := relations.ParseUUID(text)
	if !ok {
		if text, ok = in.row(text); ok {
			u, ok = relations.ParseUUID(text)
		}
	}
	return in.store.UUID(u), ok
}

// compound interns lists, maps and structs of constants.
func (in interner) compound(t relations.Type, c *syntax.Call) (relations.Value, error) {
	switch {
	case t.Kind == relations.List && c.Fn == "fn:list":
		values, err := in.values(c.Args, func(int) relations.Type { return t.Elems[0] })
		return in.store.List(t.Elems[0], values), err
	case t.Kind == relations.Map && (c.Fn == "fn:map" || c.Fn == "fn:list" && len(c.Args) == 0):
		return in.mapping(t, c)
	case t.Kind == relations.Struct && c.Fn == "fn:struct" && len(c.Args) == 2*len(t.Fields):
		return in.structure(t, c)
	}
	return 0, fault(c.Pos, "%s is no %s", c, t)
}

func (in interner) values(terms []syntax.Term, typeOf func(i int) relations.Type) ([]relations.Value, error) {
	var out []relations.Value
	for i, term := range terms {
		v, err := in.value(typeOf(i), term)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (in interner) mapping(t relations.Type, c *syntax.Call) (relations.Value, error) {
	if len(c.Args)%2 != 0 {
		return 0, fault(c.Pos, "%s has a key without a value", c)
	}
	flat, err := in.values(c.Args, func(i int) relations.Type { return t.Elems[i%2] })
	if err != nil {
		return 0, err
	}
	type pair struct{ key, value relations.Value }
	var pairs []pair
	for i := 0; i+1 < len(flat); i += 2 {
		pairs = append(pairs, pair{flat[i], flat[i+1]})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return in.store.Compare(t.Elems[0], a.key, b.key) })
	flat = flat[:0]
	for i, p := range pairs {
		if i > 0 && pairs[i-1].key == p.key {
			return 0, fault(c.Pos, "%s has a key twice", c)
		}
		flat = append(flat, p.key, p.value)
	}
	return in.store.Map(t.Elems[0], t.Elems[1], flat), nil
}

func (in interner) structure(t relations.Type, c *syntax.Call) (relations.Value, error) {
	values := make([]relations.Value, len(t.Fields))
	seen := map[int]bool{}
	for i := 0; i < len(c.Args); i += 2 {
		name, _ := c.Args[i].(*syntax.Const)
		if name == nil {
			return 0, fault(c.Pos, "%s is no field", c.Args[i])
		}
		at := slices.Index(t.Fields, name.Str)
		if at < 0 || seen[at] {
			return 0, fault(c.Pos, "%s is no %s", c, t)
		}
		seen[at] = true
		v, err := in.value(t.Elems[at], c.Args[i+1])
		if err != nil {
			return 0, err
		}
		values[at] = v
	}
	return in.store.Struct(t, values), nil
}

// termOf is the constant that a value's text, as databases show it, stands for.
func termOf(t relations.Type, pos syntax.Pos, text string) syntax.Term {
	c := &syntax.Const{Pos: pos, Kind: syntax.StringConst, Str: text}
	switch t.Kind {
	case relations.Name:
		c.Kind = syntax.NameConst
	case relations.Number:
		c.Kind = syntax.NumberConst
		c.Num, _ = strconv.ParseInt(text, 10, 64)
	case relations.Float:
		c.Kind = syntax.FloatConst
		c.Float, _ = strconv.ParseFloat(text, 64)
	}
	return c
}
