package syntax

import (
	"sort"
	"unicode/utf8"
)

// source is a file's text and the faults found in it so far. Mangle's lexer counts in runes,
// so offsets are in runes as well.
type source struct {
	path   string
	text   []rune
	lines  []int        // the offset at which each line begins
	faulty map[int]bool // the offsets at which faulty strings begin
	errors []Error
}

// newSource takes a file's text. A text that is not UTF-8 is a fault, and is cut there.
func newSource(path string, text []byte) *source {
	s := &source{path: path, faulty: map[int]bool{}}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			s.findLines()
			s.report(s.posAt(len(s.text)), "the file is not UTF-8 from here on",
				`write other bytes as \xHH in a bytes constant`)
			return s
		}
		s.text = append(s.text, r)
		i += size
	}
	s.findLines()
	return s
}

func (s *source) findLines() {
	s.lines = []int{0}
	for i, r := range s.text {
		if r == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
}

// posAt returns the place of an offset.
func (s *source) posAt(offset int) Pos {
	line := sort.SearchInts(s.lines, offset+1)
	return Pos{File: s.path, Line: line, Col: offset - s.lines[line-1] + 1}
}

// slice returns the text from one offset up to, and without, another.
func (s *source) slice(from, to int) string { return string(s.text[from:to]) }

func (s *source) report(pos Pos, message, hint string) {
	s.errors = append(s.errors, Error{Pos: pos, Message: message, Hint: hint})
}

// sorted returns the faults in the order of their places, one a place: a later fault at a
// place is a consequence of the first.
func (s *source) sorted() []Error {
	sort.SliceStable(s.errors, func(i, j int) bool {
		return s.errors[i].Pos.before(s.errors[j].Pos)
	})
	var out []Error
	for _, e := range s.errors {
		if len(out) == 0 || out[len(out)-1].Pos != e.Pos {
			out = append(out, e)
		}
	}
	return out
}

func (p Pos) before(q Pos) bool {
	if p.Line != q.Line {
		return p.Line < q.Line
	}
	return p.Col < q.Col
}

// line returns the text of a line, which counts from 1.
func (s *source) line(n int) string {
	end := len(s.text)
	if n < len(s.lines) {
		end = s.lines[n]
	}
	return s.slice(s.lines[n-1], end)
}
