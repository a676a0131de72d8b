// Package function holds the functions, flattening predicates and reducers that rules may
// call, each with its argument and result types and a sentence that says what it does.
//
// What belongs here is pure: a function reads its arguments and nothing else, and is total on
// its typed arguments. What can fail is a flattening predicate that yields no row, with a twin
// that yields the reason. Nothing here knows databases or remembers anything.
package function
