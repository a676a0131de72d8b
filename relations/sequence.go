package relations

import "encoding/binary"

// A list, map or struct is interned as words: first the kinds of what it holds, so that its
// elements can be retained and released without knowing its type, then the elements. A struct
// writes one kind word a field.
//
// Texts in a sequence are plain, never terms, and an empty sequence does not tell what it could
// hold, so that sequences too are equal exactly when their ids are.

// List interns a list. elem is the type of its elements.
func (s *Store) List(elem Type, values []Value) Value {
	var buf [256]byte
	head := uint32(List)
	if len(values) > 0 {
		head |= uint32(elem.Kind) << 8
	}
	b := appendWord(buf[:0], head)
	for _, v := range values {
		b = s.appendPart(b, elem.Kind, v)
	}
	return s.sequence(b)
}

// Map interns a map given as keys and values alternating, sorted by the caller with Compare on
// the keys, each key once.
func (s *Store) Map(key, value Type, entries []Value) Value {
	var buf [256]byte
	head := uint32(Map)
	if len(entries) > 0 {
		head |= uint32(key.Kind)<<8 | uint32(value.Kind)<<16
	}
	b := appendWord(buf[:0], head)
	for i, v := range entries {
		k := key.Kind
		if i%2 == 1 {
			k = value.Kind
		}
		b = s.appendPart(b, k, v)
	}
	return s.sequence(b)
}

// Struct interns a struct; values go with the type's fields.
func (s *Store) Struct(t Type, values []Value) Value {
	var buf [256]byte
	b := appendWord(buf[:0], uint32(Struct))
	for i, v := range values {
		b = appendWord(b, uint32(t.Elems[i].Kind))
		b = s.appendPart(b, t.Elems[i].Kind, v)
	}
	return s.sequence(b)
}

func (s *Store) appendPart(b []byte, k Kind, v Value) []byte {
	if k == String {
		v = s.Canonical(v)
	}
	return appendWord(b, uint32(v))
}

func appendWord(b []byte, w uint32) []byte { return binary.LittleEndian.AppendUint32(b, w) }

func wordAt(b []byte, i int) uint32 { return binary.LittleEndian.Uint32(b[4*i:]) }

func (s *Store) sequence(words []byte) Value {
	id, isNew := s.seqs.intern(words, s.parallel)
	if isNew {
		s.eachElement(Value(id), s.Retain)
	}
	return Value(id)
}

func (s *Store) eachElement(v Value, f func(Kind, Value)) {
	b := s.seqs.at(uint32(v))
	head, n := wordAt(b, 0), len(b)/4
	kinds := [2]Kind{Kind(head >> 8 & 0xff), Kind(head >> 16)}
	switch Kind(head & 0xff) {
	case List:
		for i := 1; i < n; i++ {
			f(kinds[0], Value(wordAt(b, i)))
		}
	case Map:
		for i := 1; i < n; i++ {
			f(kinds[(i-1)%2], Value(wordAt(b, i)))
		}
	default:
		for i := 1; i < n; i += 2 {
			f(Kind(wordAt(b, i)), Value(wordAt(b, i+1)))
		}
	}
}

// Elements returns the elements of a list, the alternating keys and values of a map, or the
// fields of a struct in the order of its type.
func (s *Store) Elements(v Value) []Value { return s.AppendElements(nil, v) }

// AppendElements is Elements into a slice of the caller's.
func (s *Store) AppendElements(dst []Value, v Value) []Value {
	b := s.seqs.at(uint32(v))
	first, step := 1, 1
	if Kind(wordAt(b, 0)&0xff) == Struct {
		first, step = 2, 2
	}
	for i := first; i < len(b)/4; i += step {
		dst = append(dst, Value(wordAt(b, i)))
	}
	return dst
}
