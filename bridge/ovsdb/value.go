package ovsdb

// Value is a column's value in a transaction or condition, ready to be sent. The zero Value is an
// empty set, which is also the empty map and the absent optional value.
type Value struct {
	json []byte
	err  error
}

// Integer is the value of an integer column, or one element of a set of them.
func Integer(n int64) Value { panic("skeleton") }

// Real is the value of a real column; NaN and the infinities make the operation fail.
func Real(x float64) Value { panic("skeleton") }

// Boolean is the value of a boolean column.
func Boolean(b bool) Value { panic("skeleton") }

// String is the value of a string column. OVSDB stores UTF-8 without NUL; any other text makes the
// operation that uses it fail, before anything is sent.
func String[T ~string | ~[]byte](text T) Value { panic("skeleton") }

// Reference is the value of a UUID column.
func Reference(row UUID) Value { panic("skeleton") }

// NamedReference refers to the row that the same transaction inserts under that name.
func NamedReference(name string) Value { panic("skeleton") }

// Set is a set of atoms, that is of values made by the functions above.
func Set(elements ...Value) Value { panic("skeleton") }

// Pair is one entry of a map.
type Pair struct{ Key, Value Value }

// Map is a map of atoms to atoms.
func Map(pairs ...Pair) Value { panic("skeleton") }
