package relations

import (
	"strconv"
	"sync"
	"sync/atomic"
)

// A formatted text is kept as a term: which format, with which arguments. It is rendered only
// where its letters matter, and its memory is that of a few words.

const (
	maxTermArgs   = 15
	termClassBits = 27 // termBit | number of arguments << 27 | id in the pool of that width
)

// FormatID names a registered format.
type FormatID uint32

// Verb says how one argument of a format is written.
type Verb byte

// The verbs of a format.
const (
	VerbText  Verb = 's' // the value's text
	VerbQuote Verb = 'q' // a string in double quotes, escaped as OVN's json_string_escape does
	VerbInt   Verb = 'd' // a number in decimal
	VerbHex   Verb = 'x' // a number in hexadecimal without 0x
)

// Format is a text with holes: Pieces[0] hole Pieces[1] hole … Pieces[n].
type Format struct {
	Pieces []string
	Verbs  []Verb
	Types  []Type
}

type formats struct {
	mu  sync.Mutex // for registering
	ids map[string]FormatID
	// list is read by every goroutine that makes or renders terms, and only ever grows.
	list atomic.Pointer[[]Format]
}

// RegisterFormat returns the id of a format; equal formats have one id. It has at most 15
// holes, else it is not representable and ok is false.
func (s *Store) RegisterFormat(f Format) (id FormatID, ok bool) {
	if len(f.Verbs) > maxTermArgs {
		return 0, false
	}
	key := ""
	for i, p := range f.Pieces {
		key += strconv.Quote(p)
		if i < len(f.Verbs) {
			key += string(f.Verbs[i]) + f.Types[i].String()
		}
	}
	s.formats.mu.Lock()
	defer s.formats.mu.Unlock()
	if s.formats.ids == nil {
		s.formats.ids = map[string]FormatID{}
	}
	if id, ok := s.formats.ids[key]; ok {
		return id, true
	}
	var list []Format
	if p := s.formats.list.Load(); p != nil {
		list = *p
	}
	id = FormatID(len(list))
	s.formats.ids[key] = id
	list = append(list, f)
	s.formats.list.Store(&list)
	return id, true
}

func (s *Store) format(id FormatID) *Format {
	return &(*s.formats.list.Load())[id]
}

// Term interns a format applied to arguments, which are retained for as long as it lives.
func (s *Store) Term(f FormatID, args []Value) Value {
	var w [maxTermArgs + 1]uint32
	w[0] = uint32(f)
	for i, a := range args {
		w[i+1] = uint32(a)
	}
	id, isNew := s.terms[len(args)].intern(w[:len(args)+1], s.parallel)
	if isNew {
		types := s.format(f).Types
		for i, a := range args {
			s.Retain(types[i].Kind, a)
		}
	}
	return termBit | Value(len(args))<<termClassBits | Value(id)
}

// IsTerm reports whether a String value is a formatted term and not a plain text.
func IsTerm(v Value) bool { return v&termBit != 0 }

func (s *Store) termParts(v Value) (FormatID, []uint32) {
	w := s.terms[v>>termClassBits&maxTermArgs].at(uint32(v) & (1<<termClassBits - 1))
	return FormatID(w[0]), w[1:]
}

// Canonical returns the plain text value that spells what v spells: v itself if it is no term.
func (s *Store) Canonical(v Value) Value {
	if !IsTerm(v) {
		return v
	}
	var buf [256]byte
	return s.Bytes(s.AppendString(buf[:0], v))
}

// AppendString appends the letters of a String value.
func (s *Store) AppendString(dst []byte, v Value) []byte {
	if !IsTerm(v) {
		return append(dst, s.text.at(uint32(v))...)
	}
	return s.AppendText(dst, Type{Kind: String}, v)
}

// TextOf returns the letters of a String value.
func (s *Store) TextOf(v Value) string {
	if !IsTerm(v) {
		return string(s.text.at(uint32(v)))
	}
	return string(s.AppendString(nil, v))
}
