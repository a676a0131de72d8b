package relations

import "strings"

// Kind says which family of values a column holds and hence which pool its ids point into.
type Kind uint8

// The kinds of values. Their spelling in a Decl's bound is what Kind.String returns.
const (
	Invalid Kind = iota
	String       // text, UTF-8 by convention but any bytes survive
	Number       // 64-bit signed integer
	Float        // 64-bit IEEE float
	Name         // a Mangle constant such as /ls_in_acl; booleans are /true and /false
	UUID         // 16 bytes, RFC 4122
	MAC          // 48-bit Ethernet address
	IP           // IPv4 or IPv6 address with a prefix length (a host has the full length)
	List         // a sequence of values of one type
	Map          // keys of one type to values of one type, sorted by key
	Struct       // named fields, sorted by name
	Any          // only in function signatures: every type is accepted
	TypeVar      // only in function signatures: one type, the same at each mention
)

var kindNames = [...]string{"/invalid", "/string", "/number", "/float64", "/name", "/uuid",
	"/mac", "/ip", ".List", ".Map", ".Struct", "/any", "T"}

// String returns the spelling of the kind in a Decl's bound.
func (k Kind) String() string { return kindNames[k] }

// Type describes the values of a column. Types are immutable and compared with Equal.
type Type struct {
	Kind   Kind
	Elems  []Type   // List: the element; Map: key and value; Struct: the fields' types
	Fields []string // Struct: the fields' names with their slash, sorted
	Var    string   // TypeVar: its name
}

// T returns the type of a kind that has no parts.
func T(k Kind) Type { return Type{Kind: k} }

// ListOf returns the type of a list of elem.
func ListOf(elem Type) Type { return Type{Kind: List, Elems: []Type{elem}} }

// MapOf returns the type of a map from key to value.
func MapOf(key, value Type) Type { return Type{Kind: Map, Elems: []Type{key, value}} }

// part returns the type of element i of a sequence as Elements lists them.
func (t Type) part(i int) Type {
	switch t.Kind {
	case Map:
		return t.Elems[i%2]
	case Struct:
		return t.Elems[i]
	}
	return t.Elems[0]
}

// VarType returns a type variable of a function signature.
func VarType(name string) Type { return Type{Kind: TypeVar, Var: name} }

// Equal reports whether two types are the same.
func (t Type) Equal(u Type) bool {
	if t.Kind != u.Kind || t.Var != u.Var || len(t.Elems) != len(u.Elems) ||
		len(t.Fields) != len(u.Fields) {
		return false
	}
	for i := range t.Elems {
		if !t.Elems[i].Equal(u.Elems[i]) {
			return false
		}
	}
	for i := range t.Fields {
		if t.Fields[i] != u.Fields[i] {
			return false
		}
	}
	return true
}

// String spells the type as a Decl's bound does.
func (t Type) String() string {
	var b strings.Builder
	switch t.Kind {
	case TypeVar:
		return t.Var
	case List, Map:
		b.WriteString(t.Kind.String() + "<")
		for i, e := range t.Elems {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(e.String())
		}
		b.WriteString(">")
	case Struct:
		b.WriteString(".Struct<")
		for i, e := range t.Elems {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(t.Fields[i] + " : " + e.String())
		}
		b.WriteString(">")
	default:
		return t.Kind.String()
	}
	return b.String()
}

// Column is one argument of a relation.
type Column struct {
	Name string
	Type Type
}

// Schema is the shape of a relation: its full name, dots included, and its columns.
type Schema struct {
	Name    string
	Columns []Column
}
