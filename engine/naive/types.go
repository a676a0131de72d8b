package naive

import "woven/relations"

// typeVars says what the type variables of a signature stand for in one call.
type typeVars map[string]relations.Type

// bind matches a parameter's type with that of its argument.
func (v typeVars) bind(param, arg relations.Type) {
	if param.Kind == relations.TypeVar {
		if known, ok := v[param.Var]; ok {
			arg = moreKnown(known, arg)
		}
		v[param.Var] = arg
		return
	}
	for i := range min(len(param.Elems), len(arg.Elems)) {
		v.bind(param.Elems[i], arg.Elems[i])
	}
}

// apply replaces the type variables in a result's type. One that no argument determines is the
// type of the elements of an empty list.
func (v typeVars) apply(t relations.Type) relations.Type {
	if t.Kind == relations.TypeVar {
		if known, ok := v[t.Var]; ok {
			return known
		}
		return relations.T(relations.Any)
	}
	elems := make([]relations.Type, len(t.Elems))
	for i, e := range t.Elems {
		elems[i] = v.apply(e)
	}
	t.Elems = elems
	return t
}

// commonType is the type of values that stand side by side. Types differ only where a value
// does not show its type: in an empty list.
func commonType(data Row) relations.Type {
	t := relations.T(relations.Any)
	for _, d := range data {
		t = moreKnown(t, d.Type)
	}
	return t
}

// moreKnown joins what two values of one type show of it.
func moreKnown(a, b relations.Type) relations.Type {
	if a.Kind == relations.Any {
		return b
	}
	if a.Kind != b.Kind || len(a.Elems) != len(b.Elems) {
		return a
	}
	elems := make([]relations.Type, len(a.Elems))
	for i := range elems {
		elems[i] = moreKnown(a.Elems[i], b.Elems[i])
	}
	a.Elems = elems
	return a
}
