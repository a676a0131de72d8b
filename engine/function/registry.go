package function

import (
	"sort"

	"woven/relations"
)

// Eval computes a function's value. It must not keep args.
type Eval func(s *relations.Store, args []relations.Value) relations.Value

// Func is a pure function that rules call as fn:name(...).
type Func struct {
	Name     string // with its fn: prefix
	Params   []relations.Type
	Variadic bool // the last parameter may repeat, also zero times
	Result   relations.Type
	Doc      string // one sentence or more, shown by woven doc functions

	// ResultOf works out the result's type where the signature cannot say it: the fields of a
	// struct are constants among the arguments. It is nil for most functions; where it is set,
	// Result only tells the kind. An error is reported at the call.
	ResultOf func(s *relations.Store, args []Arg) (relations.Type, error)

	// Eval computes the value. Functions that need to know their arguments' types or constants
	// leave it nil and have Compile.
	Eval Eval

	// Compile is called once a call site with the arguments as far as they are known; an error
	// is reported at the call, in the words of the error.
	Compile func(s *relations.Store, args []Arg) (Eval, error)
}

// Arg is what is known of a call's argument before any row is seen.
type Arg struct {
	Type  relations.Type
	Const bool // the argument is a constant, Value its value
	Value relations.Value
}

// Predicate is a flattening predicate: for its inputs it yields any number of rows of outputs.
// Rules call it as :name(in..., out...).
type Predicate struct {
	Name string // with its colon
	In   []relations.Column
	Out  []relations.Column
	Doc  string
	// Eval calls emit once for every row; emit does not keep the slice.
	Eval func(s *relations.Store, in []relations.Value, emit func(out []relations.Value))
}

// StateKind says what the engine has to remember of a group for a reducer.
type StateKind uint8

// The states of a group.
const (
	CountState   StateKind = iota // how many rows
	SumState                      // how many rows, and the sum of the first argument
	OrderedState                  // every distinct tuple of arguments with its count, in order
)

// Group is what a reducer sees of a group when it makes its result.
type Group interface {
	Count() int64
	Sum() int64
	First() []relations.Value // the least tuple of arguments in the order of their types
	Last() []relations.Value  // the greatest
	Distinct() int            // the number of different tuples
	// Each visits the tuples in order until f returns false.
	Each(f func(args []relations.Value, count int64) bool)
}

// Reducer turns a group of rows into one value; rules call it in a let after fn:group_by.
type Reducer struct {
	Name   string // with its fn: prefix
	Params []relations.Type
	Result relations.Type
	Doc    string
	State  StateKind
	// OfSet says that the result depends on which tuples of arguments the group has, and not on
	// how many rows have them.
	OfSet bool
	// Finish makes the value of a group that has at least one row. types are the arguments'
	// types at the call.
	Finish func(s *relations.Store, types []relations.Type, g Group) relations.Value
}

// Registry is a set of functions, predicates and reducers by name.
type Registry struct {
	Funcs      map[string]*Func
	Predicates map[string]*Predicate
	Reducers   map[string]*Reducer
}

// NewRegistry returns an empty registry.
func NewRegistry() *Registry {
	return &Registry{Funcs: map[string]*Func{}, Predicates: map[string]*Predicate{},
		Reducers: map[string]*Reducer{}}
}

// AddFunc registers functions; a later one replaces an earlier one of the same name.
func (r *Registry) AddFunc(fs ...*Func) {
	for _, f := range fs {
		r.Funcs[f.Name] = f
	}
}

// AddPredicate registers flattening predicates.
func (r *Registry) AddPredicate(ps ...*Predicate) {
	for _, p := range ps {
		r.Predicates[p.Name] = p
	}
}

// AddReducer registers reducers.
func (r *Registry) AddReducer(rs ...*Reducer) {
	for _, x := range rs {
		r.Reducers[x.Name] = x
	}
}

// Names returns every registered name in order.
func (r *Registry) Names() []string {
	var out []string
	for n := range r.Funcs {
		out = append(out, n)
	}
	for n := range r.Predicates {
		out = append(out, n)
	}
	for n := range r.Reducers {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}
