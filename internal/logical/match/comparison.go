package match

import (
	"fmt"
	"strconv"

	"woven/internal/logical/lex"
	"woven/internal/logical/symbol"
)

var relationKinds = map[string]lex.Kind{"==": lex.Equal, "!=": lex.NotEqual, "<": lex.Less,
	"<=": lex.LessEqual, ">": lex.Greater, ">=": lex.GreaterEqual}

func relation(text string) lex.Kind { return relationKinds[text] }

// turned is the relation with its sides exchanged.
func turned(r lex.Kind) lex.Kind {
	switch r {
	case lex.Less:
		return lex.Greater
	case lex.LessEqual:
		return lex.GreaterEqual
	case lex.Greater:
		return lex.Less
	case lex.GreaterEqual:
		return lex.LessEqual
	}
	return r
}

// inverted is the relation that holds when this one does not.
func inverted(r lex.Kind) lex.Kind {
	switch r {
	case lex.Equal:
		return lex.NotEqual
	case lex.NotEqual:
		return lex.Equal
	case lex.Less:
		return lex.GreaterEqual
	case lex.LessEqual:
		return lex.Greater
	case lex.Greater:
		return lex.LessEqual
	}
	return lex.Less
}

func isLess(r lex.Kind) bool    { return r == lex.Less || r == lex.LessEqual }
func isGreater(r lex.Kind) bool { return r == lex.Greater || r == lex.GreaterEqual }

func sameDirection(a, b lex.Kind) bool {
	return isLess(a) && isLess(b) || isGreater(a) && isGreater(b)
}

// field finds out what is compared. If there is no such field, it says so and returns false.
func (b *builder) field(f *fieldSyntax) (field, bool) {
	at := f.Pos.Offset
	s := symbol.Lookup(f.Name)
	if s == nil {
		b.fail(at, unknownName(f.Name))
		return field{}, false
	}
	if s.Field == 0 && s.Parent == nil && s.Predicate == "" {
		b.fail(at, s.Name+" is written by actions only: packets cannot be matched on it")
		return field{}, false
	}
	if f.Low == "" {
		return field{s, 0, s.Width}, true
	}
	low, good := bitNumber(f.Low)
	high, goodToo := low, true
	if f.High != "" {
		high, goodToo = bitNumber(f.High)
	}
	why := ""
	switch {
	case s.IsPort():
		why = s.Name + " has no bits to choose from"
	case !good || !goodToo:
		why = "bits are counted in decimal"
	case low > high:
		why = fmt.Sprintf("the lower bit comes first: write %s[%d..%d]", s.Name, high, low)
	case high >= s.Width:
		why = fmt.Sprintf("%s has the bits 0 to %d", s.Name, s.Width-1)
	case s.Level == symbol.Nominal && high-low+1 != s.Width:
		why = fmt.Sprintf("OpenFlow cannot look at some bits of %s: compare all of it", s.Name)
	}
	if why != "" {
		b.fail(at, why)
		return field{}, false
	}
	return field{s, low, high - low + 1}, true
}

func noun(s *symbol.Symbol) string {
	if s.Predicate != "" {
		return "predicate"
	}
	return "field"
}

// bitNumber reads a decimal number of a bit, without zeros before it.
func bitNumber(text string) (int, bool) {
	n, err := strconv.ParseUint(text, 10, 31)
	return int(n), err == nil
}

// compare makes a comparison. Whether its constants fit is seen when they are known.
func (b *builder) compare(f field, r lex.Kind, slot int32, item int, negated bool) *node {
	s := f.symbol
	ordered := r != lex.Equal && r != lex.NotEqual
	switch {
	case ordered && slot >= 0 && b.slots[slot].braces:
		return b.fail(item, "a field and a set are compared by == or != only")
	case ordered && s.Level != symbol.Ordinal:
		return b.fail(item, fmt.Sprintf("the %s %s %s is compared by == or != only", s.Level, noun(s), s.Name))
	case s.Level == symbol.Nominal && s.Predicate == "" && (r == lex.NotEqual) != negated:
		return b.fail(item, fmt.Sprintf("the nominal field %s can be asked for being equal only, with the "+
			"! before it taken into account: name the values that it may have", s.Name))
	}
	if negated {
		r = inverted(r)
	}
	return &node{op: opCompare, field: f, relation: r, slot: slot, item: int32(item), negated: negated}
}
