package match

import "slices"

// alternatives are what may be asked of one field: at least one of the equalities, sorted and each
// once, or equality with an element of a set that stays symbolic.
type alternatives struct {
	equal []equality
	set   *setName
}

// several says whether there is more than one alternative.
func (a *alternatives) several() bool { return len(a.equal) > 1 || a.set != nil }

// crush works out what a formula over one field allows.
func (e *expander) crush(x *formula) alternatives {
	switch x.form {
	case formEqual:
		return alternatives{equal: e.one(x.equal)}
	case formSet:
		return alternatives{set: x.set}
	case formAny:
		var all []equality
		for _, part := range x.parts {
			all = append(all, e.spelled(e.crush(part))...)
		}
		e.spend(len(all))
		return alternatives{equal: tidy(all)}
	case formAll:
		all := e.crush(x.parts[0])
		for _, part := range x.parts[1:] {
			all = e.intersect(all, e.crush(part))
		}
		return all
	}
	return alternatives{equal: e.one(equality{})} // a formula over a field is no constant
}

// one is a list of one equality.
func (e *expander) one(x equality) []equality {
	e.singles = append(e.singles, x)
	return e.singles[len(e.singles)-1 : len(e.singles) : len(e.singles)]
}

// spelled are the equalities of alternatives that have to be combined with others.
func (e *expander) spelled(a alternatives) []equality {
	if a.set != nil {
		e.fail("the elements of " + a.set.name + " have to be given: something else is known of the field")
	}
	return a.equal
}

// intersect is what both allow.
func (e *expander) intersect(a, b alternatives) alternatives {
	left, right := e.spelled(a), e.spelled(b)
	if len(left) == 1 && len(right) == 1 {
		if x, possible := left[0].intersect(right[0]); possible {
			return alternatives{equal: e.one(x)}
		}
		return alternatives{}
	}
	var all []equality
	for _, x := range left {
		if !e.spend(len(right)) {
			return alternatives{}
		}
		for _, y := range right {
			if both, possible := x.intersect(y); possible {
				all = append(all, both)
			}
		}
	}
	return alternatives{equal: tidy(all)}
}

// tidy sorts equalities and leaves repeated ones out.
func tidy(all []equality) []equality {
	slices.SortFunc(all, equality.compare)
	return slices.Compact(all)
}
