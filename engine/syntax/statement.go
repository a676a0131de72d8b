package syntax

import (
	"fmt"
	"strings"
	"unicode"

	"codeberg.org/TauCeti/mangle-go/parse/gen"
	"github.com/antlr4-go/antlr/v4"
)

// Mangle's grammar gives no names to these tokens.
const (
	tokTemporal  = gen.MangleParserT__0
	tokDot       = gen.MangleParserT__1
	tokDescr     = gen.MangleParserT__2
	tokInclusion = gen.MangleParserT__3
	tokNow       = gen.MangleParserT__4
	tokColon     = gen.MangleParserT__5
	tokOpt       = gen.MangleParserT__6
)

// statement is one clause or declaration as tokens, the final dot included. Statements are
// parsed one by one, so that a fault in one leaves the others whole.
type statement struct {
	tokens []antlr.Token
	broken bool // a string is faulty, or characters begin no token; it is reported
}

// scanner cuts a file into statements and comments.
type scanner struct {
	*antlr.DefaultErrorListener
	src        *source
	statements []statement
	comments   map[int]string // by line, without # and the space behind it; lines of comment only
	current    statement
}

// scan runs Mangle's lexer over the file.
func scan(src *source) *scanner {
	s := &scanner{src: src, comments: map[int]string{}}
	lexer := gen.NewMangleLexer(antlr.NewInputStream(string(src.text)))
	lexer.RemoveErrorListeners()
	lexer.AddErrorListener(s)
	last := -1
	for {
		t := lexer.NextToken()
		switch t.GetTokenType() {
		case antlr.TokenEOF:
			s.flush()
			return s
		case gen.MangleLexerWHITESPACE:
		case gen.MangleLexerCOMMENT:
			if src.lines[t.GetLine()-1] > last {
				text := strings.TrimRight(strings.TrimPrefix(t.GetText(), "#"), " \t\r\f")
				s.comments[t.GetLine()] = strings.TrimPrefix(text, " ")
			}
		default:
			s.add(t)
			last = t.GetStop()
		}
	}
}

func (s *scanner) add(t antlr.Token) {
	switch t.GetTokenType() {
	case gen.MangleLexerDECL, gen.MangleLexerPACKAGE, gen.MangleLexerUSE:
		s.flush()
	case gen.MangleLexerNAME:
		if t.GetColumn() == 0 && s.endsWithoutDot() {
			s.flush()
		}
	}
	s.current.broken = s.current.broken || s.src.faulty[t.GetStart()]
	s.current.tokens = append(s.current.tokens, t)
	switch t.GetTokenType() {
	case tokDot:
		s.flush()
	case gen.MangleLexerCONSTANT:
		if strings.HasSuffix(t.GetText(), ".") {
			s.flush()
		}
	case gen.MangleLexerBANG:
		first := s.current.tokens[0].GetTokenType()
		if first == gen.MangleLexerPACKAGE || first == gen.MangleLexerUSE {
			s.flush()
		}
	}
}

// endsWithoutDot says that a name at the start of a line begins a clause, though no dot ends
// the one before: a fault may have swallowed it, or two terms would stand side by side.
func (s *scanner) endsWithoutDot() bool {
	n := len(s.current.tokens)
	return s.current.broken || n > 0 && isTermEnd(s.current.tokens[n-1])
}

func (s *scanner) flush() {
	if len(s.current.tokens) > 0 {
		s.statements = append(s.statements, s.current)
	}
	s.current = statement{}
}

// SyntaxError is called by Mangle's lexer for characters that begin no token.
func (s *scanner) SyntaxError(_ antlr.Recognizer, _ any, line, column int, _ string,
	_ antlr.RecognitionException) {
	if s.current.broken {
		return
	}
	s.current.broken = true
	offset := s.src.lines[line-1] + column
	if offset >= len(s.src.text) {
		offset = len(s.src.text) - 1
	}
	message, hint := explainCharacter(s.src.text[offset])
	s.src.report(s.src.posAt(offset), message, hint)
}

func explainCharacter(r rune) (message, hint string) {
	switch r {
	case ';':
		return "; has no meaning here", "an alternative is a second rule with the same head"
	case '|', '&':
		return string(r) + " has no meaning here",
			"conditions are separated by commas; an alternative is a second rule"
	case '$':
		return "$ has no meaning here", `texts are put together by fn:fmt("... %s", X)`
	case '+', '-', '*':
		return string(r) + " has no meaning here",
			"arithmetic is done by functions such as fn:plus(X, 1)"
	case '%', '/':
		return string(r) + " has no meaning here", "a comment begins with #"
	}
	if unicode.IsPrint(r) && r < unicode.MaxASCII {
		return string(r) + " has no meaning here", ""
	}
	return fmt.Sprintf("the character %U has no meaning outside of strings", r), ""
}

// commentAbove returns the lines of comment that end right above a line.
func (s *scanner) commentAbove(line int) string {
	first := line
	for {
		if _, ok := s.comments[first-1]; !ok {
			return s.commentLines(first, line)
		}
		first--
	}
}

// opening returns the comment that opens the file. A comment right above a clause is the
// clause's alone.
func (s *scanner) opening(clauses []*Clause) string {
	first := 1
	for first <= len(s.src.lines) && strings.TrimSpace(s.src.line(first)) == "" {
		first++
	}
	end := first
	for {
		if _, ok := s.comments[end]; !ok {
			break
		}
		end++
	}
	for _, c := range clauses {
		if c.Pos.Line == end {
			return ""
		}
	}
	return s.commentLines(first, end)
}

func (s *scanner) commentLines(from, to int) string {
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, s.comments[i])
	}
	return strings.Join(lines, "\n")
}
