package ovsdb

import "math"

// Atom is one value of an atomic type. Which accessor applies follows from the column's type.
type Atom struct {
	number uint64
	uuid   UUID
	text   []byte
}

// Integer is the value of an atom of TypeInteger.
func (a *Atom) Integer() int64 { return int64(a.number) }

// Real is the value of an atom of TypeReal.
func (a *Atom) Real() float64 { return math.Float64frombits(a.number) }

// Boolean is the value of an atom of TypeBoolean.
func (a *Atom) Boolean() bool { return a.number != 0 }

// UUID is the value of an atom of TypeUUID.
func (a *Atom) UUID() UUID { return a.uuid }

// Text is the value of an atom of TypeString, in UTF-8. It is a view of the session's buffer, and
// valid only during the call of the sink that brought it.
func (a *Atom) Text() []byte { return a.text }

// Datum is the value of one column: its elements, or its keys and their values. A scalar is a
// datum of one element, an absent optional value one of none. It is valid only during the call of
// the sink that brought it.
type Datum struct {
	Keys   []Atom
	Values []Atom // as long as Keys for a map, else nil
}

// Len is the number of elements, or of pairs.
func (d *Datum) Len() int { return len(d.Keys) }

func atomOfReal(x float64) Atom { return Atom{number: math.Float64bits(x)} }
