package match

import (
	"sync"

	"woven/internal/logical/symbol"
)

// expansions are the formulas of what symbols stand for and imply, by its text, and of the opposite
// of it.
type expansions map[string][2]*formula

// symbolExpansions has those of all symbols. Nothing in it changes once it is made.
var symbolExpansions = sync.OnceValue(func() expansions {
	all := expansions{"": {alwaysTrue, alwaysFalse}}
	for _, s := range symbol.All() {
		for _, text := range []string{s.Predicate, s.Prerequisite} {
			all.get(text, false)
		}
	}
	return all
})

// get returns an expansion, or its opposite. What a text itself needs is made first.
func (x expansions) get(text string, opposite bool) *formula {
	pair, found := x[text]
	if !found {
		pair = x.make(text)
		x[text] = pair
	}
	if opposite {
		return pair[1]
	}
	return pair[0]
}

// make lowers a text of the symbol table, which names neither ports nor sets.
func (x expansions) make(text string) [2]*formula {
	r := &reading{}
	if err := r.read(text); err != nil {
		panic("symbol table: " + text + ": " + err.Error())
	}
	t := build(r)
	if t.err != nil {
		panic("symbol table: " + text + ": " + t.err.why)
	}
	l := lowering{reading: r, forge: &forge{}, expansions: x}
	return [2]*formula{l.lower(t.root, true, false), l.lower(t.root, true, true)}
}
