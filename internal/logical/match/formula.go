package match

import (
	"woven/bridge/openflow"
	"woven/internal/logical/symbol"
)

// A formula is what an expression means with its constants: conjunctions and disjunctions of
// comparisons for equality with bits of fields. Predicates, parts of fields, prerequisites, other
// relations and what does not depend on packets are worked in.
//
// What is joined is flat: the parts of formAll are no formAll, those of formAny no formAny, and both
// have at least two parts, none of which is formTrue or formFalse.
type formula struct {
	form form
	// only is the field that all comparisons in the formula are of, nil if they are of several.
	only  *symbol.Symbol
	parts []*formula // of formAll and formAny
	equal equality   // of formEqual
	set   *setName   // of formSet
}

type form uint8

const (
	formTrue form = iota
	formFalse
	formEqual
	formSet // the field is one of a set whose elements are not given
	formAll
	formAny
)

// equality asks that some bits of a field be as given. Of ports all 128 bits are asked for; a port
// that is not known has a number above all keys, each name one of its own.
type equality struct{ value, mask openflow.U128 }

// setName is a set or group that stays symbolic.
type setName struct{ kind, name string }

var (
	alwaysTrue  = &formula{form: formTrue}
	alwaysFalse = &formula{form: formFalse}
)

func truth(holds bool) *formula {
	if holds {
		return alwaysTrue
	}
	return alwaysFalse
}

// intersect is what asks for the same as both, if that is possible at all.
func (e equality) intersect(f equality) (equality, bool) {
	if e.value.And(f.mask) != f.value.And(e.mask) {
		return equality{}, false
	}
	return equality{e.value.Or(f.value), e.mask.Or(f.mask)}, true
}

// compare orders equalities by value, then by mask.
func (e equality) compare(f equality) int {
	if c := compareU128(e.value, f.value); c != 0 {
		return c
	}
	return compareU128(e.mask, f.mask)
}

func compareU128(a, b openflow.U128) int {
	switch {
	case a.Hi < b.Hi || a.Hi == b.Hi && a.Lo < b.Lo:
		return -1
	case a == b:
		return 0
	}
	return 1
}

// forge makes formulas in memory that is used again and again.
type forge struct {
	chunks [][]formula
	chunk  int // the one in use
	used   int // of it
	lists  []*formula
}

const chunkSize = 64

// reset takes back all formulas.
func (f *forge) reset() { f.chunk, f.used, f.lists = 0, 0, f.lists[:0] }

func (f *forge) new() *formula {
	if f.used == chunkSize {
		f.chunk, f.used = f.chunk+1, 0
	}
	if f.chunk == len(f.chunks) {
		f.chunks = append(f.chunks, make([]formula, chunkSize))
	}
	f.used++
	return &f.chunks[f.chunk][f.used-1]
}

// equal is the comparison of some bits of a field. Asking for no bits is true.
func (f *forge) equal(field *symbol.Symbol, e equality) *formula {
	if e.mask.IsZero() {
		return alwaysTrue
	}
	x := f.new()
	*x = formula{form: formEqual, only: field, equal: e}
	return x
}

// join joins formulas to formAll or formAny.
func (f *forge) join(kind form, parts []*formula) *formula {
	neutral, decisive := formTrue, formFalse
	if kind == formAny {
		neutral, decisive = formFalse, formTrue
	}
	start := len(f.lists)
	for _, part := range parts {
		switch part.form {
		case neutral:
		case decisive:
			f.lists = f.lists[:start]
			return part
		case kind:
			f.lists = append(f.lists, part.parts...)
		default:
			f.lists = append(f.lists, part)
		}
	}
	flat := f.lists[start:len(f.lists):len(f.lists)]
	switch len(flat) {
	case 0:
		return truth(neutral == formTrue)
	case 1:
		return flat[0]
	}
	x := f.new()
	*x = formula{form: kind, parts: flat, only: flat[0].only}
	for _, part := range flat[1:] {
		if part.only != x.only {
			x.only = nil
			break
		}
	}
	return x
}
