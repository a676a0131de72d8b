package syntax

import (
	"codeberg.org/TauCeti/mangle-go/parse/gen"
	"github.com/antlr4-go/antlr/v4"
)

// Parse reads a file. It returns what could be read together with every fault, in the order
// of their places; the file is whole only if there is none. At most one fault of spelling is
// reported a clause, because all behind it would be guesses.
func Parse(path string, text []byte) (*File, []Error) {
	src := newSource(path, text)
	src.checkStrings()
	s := scan(src)
	p := &parser{scanned: s, src: src, file: &File{Path: path}}
	p.mangle = gen.NewMangleParser(nil)
	p.mangle.RemoveErrorListeners()
	p.mangle.AddErrorListener(p)
	for _, st := range s.statements {
		if !st.broken {
			p.statement(st.tokens)
		}
	}
	p.file.Comment = s.opening(p.file.Clauses)
	return p.file, src.sorted()
}

// parser turns statements into declarations and clauses.
type parser struct {
	*antlr.DefaultErrorListener
	scanned *scanner
	src     *source
	file    *File
	mangle  *gen.MangleParser
	fault   int // the token at which Mangle's parser first gave up, or -1
}

// statement parses one statement.
func (p *parser) statement(tokens []antlr.Token) {
	if e := p.trap(tokens); e != nil {
		p.src.errors = append(p.src.errors, *e)
		return
	}
	p.fault = -1
	p.mangle.SetInputStream(antlr.NewCommonTokenStream(newReplay(tokens), antlr.TokenDefaultChannel))
	if tokens[0].GetTokenType() == gen.MangleLexerDECL {
		if tree := p.mangle.Decl(); p.fault < 0 {
			p.declaration(tree.(*gen.DeclContext), tokens)
		}
	} else if tree := p.mangle.Clause(); p.fault < 0 {
		p.clause(tree.(*gen.ClauseContext), tokens)
	}
	if p.fault >= 0 {
		p.src.errors = append(p.src.errors, p.explain(tokens, p.fault))
	}
}

// SyntaxError is called by Mangle's parser; only the first call of a statement counts.
func (p *parser) SyntaxError(_ antlr.Recognizer, offending any, _, _ int, _ string,
	_ antlr.RecognitionException) {
	if p.fault < 0 {
		p.fault = offending.(antlr.Token).GetTokenIndex()
	}
}

func (p *parser) pos(t antlr.Token) Pos {
	return Pos{File: p.src.path, Line: t.GetLine(), Col: t.GetColumn() + 1}
}

// textOf returns the source text from the first to the last of some tokens.
func (p *parser) textOf(tokens []antlr.Token) string {
	return p.src.slice(tokens[0].GetStart(), tokens[len(tokens)-1].GetStop()+1)
}

// replay is a lexer that yields the tokens of one statement again.
type replay struct {
	*gen.MangleLexer
	tokens []antlr.Token
	next   int
}

func newReplay(tokens []antlr.Token) *replay {
	return &replay{MangleLexer: gen.NewMangleLexer(nil), tokens: tokens}
}

// NextToken returns the next token of the statement, and the end of the file behind the last.
func (r *replay) NextToken() antlr.Token {
	if r.next < len(r.tokens) {
		r.next++
		return r.tokens[r.next-1]
	}
	last := r.tokens[len(r.tokens)-1]
	end := antlr.CommonTokenFactoryDEFAULT.Create(last.GetSource(), antlr.TokenEOF, "",
		antlr.TokenDefaultChannel, last.GetStop()+1, last.GetStop(), last.GetLine(),
		last.GetColumn())
	return end
}
