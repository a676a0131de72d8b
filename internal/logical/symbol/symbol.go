package symbol

import (
	"slices"
	"strings"

	"woven/bridge/openflow"
)

// Level says which comparisons make sense (ovn-sb(5), "Level of Measurement").
type Level uint8

// The levels, in ascending order.
const (
	Nominal Level = iota // only equality: OpenFlow cannot look at single bits
	Boolean              // a predicate that can be tested for both truth values
	Ordinal              // any comparison, and any part of the field
)

// String is the level's name in messages.
func (l Level) String() string { return [...]string{"nominal", "Boolean", "ordinal"}[l] }

// Scope is a set of places in which actions may write a field.
type Scope uint8

// The places.
const (
	InActions  Scope = 1 << iota // everywhere but within ct_commit { }
	InCTCommit                   // within ct_commit { }
)

// Symbol is a name. It is a field, a part of one, or a predicate.
type Symbol struct {
	Name string
	// Width is the number of bits, 1 for predicates. It is 0 for inport and outport, whose values
	// are names of ports.
	Width int
	Level Level
	// Field is what the field is called in OpenFlow. It is 0 for parts, predicates, and the fields
	// of ICMP messages that only actions of OVN write (icmp4.frag_mtu).
	Field openflow.Field
	// Parent is the field that the symbol is a part of, from the bit Offset on; nil otherwise.
	Parent *Symbol
	Offset int
	// Predicate is the expression that the symbol abbreviates, "" if it is no predicate.
	Predicate string
	// Prerequisite is an expression that the use of the symbol implies, "" if there is none.
	Prerequisite string
	// MustCrossproduct keeps comparisons of the field out of conjunctive matches: a flow's other
	// comparisons depend on it, so that each value needs flows of its own.
	MustCrossproduct bool
	// Writable says where actions may write the field.
	Writable Scope
}

// Base is the field that a symbol is or is a part of, and the bit of it that the symbol's bit 0 is.
func (s *Symbol) Base() (field *Symbol, offset int) {
	if s.Parent != nil {
		return s.Parent, s.Offset
	}
	return s, 0
}

// IsPort says whether values are names of ports.
func (s *Symbol) IsPort() bool { return s.Width == 0 }

// Mask is the bits that a comparison of the whole field takes in.
func (s *Symbol) Mask() openflow.U128 { return openflow.Ones(s.Width) }

// byName is filled once and never changed.
var byName = index()

// Lookup finds a symbol by its name, nil if there is none.
func Lookup(name string) *Symbol { return byName[name] }

// All returns every symbol, sorted by name.
func All() []*Symbol {
	var all []*Symbol
	for _, s := range byName {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *Symbol) int { return strings.Compare(a.Name, b.Name) })
	return all
}
