package ovsdb

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// Value is a column's value in a transaction or condition. The zero Value is the empty set, which
// is also the absent optional value; the empty map is Map().
type Value struct {
	kind     valueKind
	number   uint64
	uuid     UUID
	text     string
	elements []Value // of a set; of a map, keys and values in turn
}

type valueKind uint8

const (
	valueSet valueKind = iota
	valueMap
	valueInteger
	valueReal
	valueBoolean
	valueString
	valueUUID
	valueNamedUUID
)

// Integer is the value of an integer column, or one element of a set of them.
func Integer(n int64) Value { return Value{kind: valueInteger, number: uint64(n)} }

// Real is the value of a real column; NaN and the infinities make the operation fail.
func Real(x float64) Value { return Value{kind: valueReal, number: math.Float64bits(x)} }

// Boolean is the value of a boolean column.
func Boolean(b bool) Value {
	if b {
		return Value{kind: valueBoolean, number: 1}
	}
	return Value{kind: valueBoolean}
}

// String is the value of a string column. OVSDB stores UTF-8 without NUL; any other text makes the
// operation that uses it fail, before anything is sent.
func String[T ~string | ~[]byte](text T) Value { return Value{kind: valueString, text: string(text)} }

// Reference is the value of a UUID column.
func Reference(row UUID) Value { return Value{kind: valueUUID, uuid: row} }

// NamedReference refers to the row that the same transaction inserts under that name.
func NamedReference(name string) Value { return Value{kind: valueNamedUUID, text: name} }

// Set is a set of atoms, that is of values made by the functions above. The slice is kept.
func Set(elements ...Value) Value { return Value{kind: valueSet, elements: elements} }

// Pair is one entry of a map.
type Pair struct{ Key, Value Value }

// Map is a map of atoms to atoms.
func Map(pairs ...Pair) Value {
	elements := make([]Value, 0, 2*len(pairs))
	for _, pair := range pairs {
		elements = append(elements, pair.Key, pair.Value)
	}
	return Value{kind: valueMap, elements: elements}
}

// append appends the value in the JSON form of RFC 7047 section 5.1.
func (v *Value) append(b []byte) ([]byte, error) {
	var err error
	switch v.kind {
	case valueInteger:
		return strconv.AppendInt(b, int64(v.number), 10), nil
	case valueReal:
		x := math.Float64frombits(v.number)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return b, fmt.Errorf("OVSDB has no real number %v", x)
		}
		return strconv.AppendFloat(b, x, 'g', -1, 64), nil
	case valueBoolean:
		return strconv.AppendBool(b, v.number != 0), nil
	case valueString:
		return appendText(b, v.text)
	case valueUUID:
		b, _ = v.uuid.AppendText(append(b, `["uuid","`...))
		return append(b, `"]`...), nil
	case valueNamedUUID:
		b, err = appendText(append(b, `["named-uuid",`...), v.text)
		return append(b, ']'), err
	case valueMap:
		b = append(b, `["map",[`...)
		for i := 0; i < len(v.elements); i += 2 {
			b = append(appendComma(b, i), '[')
			if b, err = v.elements[i].appendAtom(b); err != nil {
				return b, err
			}
			if b, err = v.elements[i+1].appendAtom(append(b, ',')); err != nil {
				return b, err
			}
			b = append(b, ']')
		}
		return append(b, `]]`...), nil
	}
	b = append(b, `["set",[`...)
	for i := range v.elements {
		if b, err = v.elements[i].appendAtom(appendComma(b, i)); err != nil {
			return b, err
		}
	}
	return append(b, `]]`...), nil
}

// appendAtom appends an element of a set or map, which cannot be a set or map itself.
func (v *Value) appendAtom(b []byte) ([]byte, error) {
	if v.kind == valueSet || v.kind == valueMap {
		return b, errors.New("a set or map cannot hold sets or maps")
	}
	return v.append(b)
}

// appendComma appends what separates the element at this index from the one before.
func appendComma(b []byte, index int) []byte {
	if index > 0 {
		return append(b, ',')
	}
	return b
}

// appendText appends a JSON string. A server closes the connection on text that is no UTF-8 or that
// contains NUL, which would also end all other work: such text is refused here.
func appendText(b []byte, text string) ([]byte, error) {
	const digits = "0123456789abcdef"
	if !utf8.ValidString(text) {
		return b, fmt.Errorf("the text %q is not valid UTF-8", abbreviate(text))
	}
	b = append(b, '"')
	from := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, text[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case 0:
			return b, fmt.Errorf("the text %q contains NUL", abbreviate(text))
		default:
			b = append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&0xf])
		}
	}
	return append(append(b, text[from:]...), '"'), nil
}

// appendName appends a name that was found to be an identifier before.
func appendName(b []byte, name string) []byte {
	return append(append(append(b, '"'), name...), '"')
}

// checkIdentifier refuses what is no <id> of RFC 7047 section 3.1.
func checkIdentifier(kind, name string) error {
	for i := range len(name) {
		c := name[i]
		if c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9' || i == 0) {
			return fmt.Errorf("%s %q is no identifier (letters, digits, underscores, no digit first)",
				kind, abbreviate(name))
		}
	}
	if name == "" {
		return fmt.Errorf("the %s has no name", kind)
	}
	return nil
}
