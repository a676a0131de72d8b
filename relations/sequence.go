package relations

import "encoding/binary"

// A list, map or struct is interned as words: first the kinds of what it holds, so that its
// elements can be retained and released without knowing its type, then the elements. Kinds
// above 15 do not exist, and a struct writes one kind word a field.

// List interns a list. elem is the type of its elements.
func (s *Store) List(elem Type, values []Value) Value {
	w := make([]uint32, 0, len(values)+1)
	w = append(w, uint32(List)|uint32(elem.Kind)<<8)
	for _, v := range values {
		w = append(w, uint32(v))
	}
	return s.sequence(w)
}

// Map interns a map given as keys and values alternating, sorted by the caller with Compare on
// the keys, each key once.
func (s *Store) Map(key, value Type, entries []Value) Value {
	w := make([]uint32, 0, len(entries)+1)
	w = append(w, uint32(Map)|uint32(key.Kind)<<8|uint32(value.Kind)<<16)
	for _, v := range entries {
		w = append(w, uint32(v))
	}
	return s.sequence(w)
}

// Struct interns a struct; values go with the type's fields.
func (s *Store) Struct(t Type, values []Value) Value {
	w := make([]uint32, 0, 2*len(values)+1)
	w = append(w, uint32(Struct))
	for i, v := range values {
		w = append(w, uint32(t.Elems[i].Kind), uint32(v))
	}
	return s.sequence(w)
}

func (s *Store) sequence(words []uint32) Value {
	b := make([]byte, 0, 4*len(words))
	for _, w := range words {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	id, isNew := internBytes(s.seqs, b, s.parallel)
	if isNew {
		s.eachElement(Value(id), func(k Kind, v Value) { s.Retain(k, v) })
	}
	return Value(id)
}

func (s *Store) sequenceWords(v Value) []uint32 {
	b := s.seqs.at(uint32(v))
	w := make([]uint32, len(b)/4)
	for i := range w {
		w[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return w
}

func (s *Store) eachElement(v Value, f func(Kind, Value)) {
	w := s.sequenceWords(v)
	switch Kind(w[0] & 0xff) {
	case List:
		for _, x := range w[1:] {
			f(Kind(w[0]>>8), Value(x))
		}
	case Map:
		for i := 1; i < len(w); i += 2 {
			f(Kind(w[0]>>8&0xff), Value(w[i]))
			f(Kind(w[0]>>16), Value(w[i+1]))
		}
	default:
		for i := 1; i < len(w); i += 2 {
			f(Kind(w[i]), Value(w[i+1]))
		}
	}
}

// Elements returns the elements of a list, the alternating keys and values of a map, or the
// fields of a struct in the order of its type.
func (s *Store) Elements(v Value) []Value {
	w := s.sequenceWords(v)
	out := make([]Value, 0, len(w)-1)
	step := 1
	if Kind(w[0]&0xff) == Struct {
		step = 2
	}
	for i := step; i < len(w); i += step {
		out = append(out, Value(w[i]))
	}
	return out
}
