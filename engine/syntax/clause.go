package syntax

import (
	"math"
	"strconv"
	"strings"

	"codeberg.org/TauCeti/mangle-go/parse/gen"
	"github.com/antlr4-go/antlr/v4"
)

// clause adds a fact or rule to the file.
func (p *parser) clause(ctx *gen.ClauseContext, tokens []antlr.Token) {
	faults := len(p.src.errors)
	c := &Clause{Pos: p.pos(tokens[0]), Text: p.textOf(tokens),
		Comment: p.scanned.commentAbove(tokens[0].GetLine())}
	c.Head = p.atom(ctx.Atom().Term(), "the head of a clause", "")
	if body, ok := ctx.ClauseBody().(*gen.ClauseBodyContext); ok {
		for _, l := range body.AllLiteralOrFml() {
			if literal := p.literal(l.(*gen.LiteralOrFmlContext)); literal != nil {
				c.Body = append(c.Body, literal)
			}
		}
		for i, t := range body.AllTransform() {
			pos := p.pos(body.PIPEGREATER(i).GetSymbol())
			if i > 0 {
				p.src.report(pos, "a rule has one |>", "more lets follow the first with a comma")
				break
			}
			c.Transform = p.transform(pos, t.(*gen.TransformContext))
		}
	}
	if len(p.src.errors) == faults {
		p.file.Clauses = append(p.file.Clauses, c)
	}
}

// atom reads a term that has to be a relation with arguments; it is nil after a report.
func (p *parser) atom(ctx gen.ITermContext, what, hint string) *Atom {
	a, ok := ctx.(*gen.ApplContext)
	if !ok || strings.HasPrefix(a.NAME().GetText(), "fn:") {
		p.src.report(p.pos(ctx.GetStart()), what+" is a relation with arguments, not "+
			describe(ctx), hint)
		return nil
	}
	return &Atom{Pos: p.pos(a.GetStart()), Pred: a.NAME().GetText(), Args: p.terms(a.AllTerm())}
}

func conditionHint(ctx gen.ITermContext) string {
	switch c := ctx.(type) {
	case *gen.ApplContext:
		return "compare its value: X = " + c.NAME().GetText() + "(...)"
	case *gen.VarContext:
		return "compare it: " + c.GetText() + " = ..."
	}
	return ""
}

func (p *parser) literal(ctx *gen.LiteralOrFmlContext) Literal {
	if ctx.BANG() != nil {
		if a := p.atom(ctx.Term(0), "what is negated", ""); a != nil {
			return &Match{Negated: true, Atom: a}
		}
		return nil
	}
	op := comparison(ctx)
	if op == nil {
		if a := p.atom(ctx.Term(0), "a condition", conditionHint(ctx.Term(0))); a != nil {
			return &Match{Atom: a}
		}
		return nil
	}
	l, r := p.term(ctx.Term(0)), p.term(ctx.Term(1))
	if l == nil || r == nil {
		return nil
	}
	return &Compare{Pos: p.pos(op.GetSymbol()), Op: op.GetText(), L: l, R: r}
}

func comparison(ctx *gen.LiteralOrFmlContext) antlr.TerminalNode {
	for _, op := range []antlr.TerminalNode{ctx.EQ(), ctx.BANGEQ(), ctx.LESS(), ctx.LESSEQ(),
		ctx.GREATER(), ctx.GREATEREQ()} {
		if op != nil {
			return op
		}
	}
	return nil
}

func (p *parser) transform(pos Pos, ctx *gen.TransformContext) *Transform {
	t := &Transform{Pos: pos}
	if ctx.DO() != nil {
		t.Grouped = true
		t.GroupBy = p.groupBy(ctx.Term())
	}
	for _, l := range ctx.AllLetStmt() {
		let := l.(*gen.LetStmtContext)
		name := let.VARIABLE().GetSymbol()
		if name.GetText() == "_" {
			p.src.report(p.pos(name), "a let binds a named variable, not _", "")
		}
		value := p.term(let.Term())
		fn, ok := value.(*Call)
		if !ok && value != nil {
			p.src.report(p.pos(let.Term().GetStart()), "a let takes the value of a function, not "+
				describe(let.Term()), "write "+name.GetText()+" = ... among the conditions")
		}
		t.Lets = append(t.Lets, Let{Pos: p.pos(let.GetStart()),
			Var: &Var{Pos: p.pos(name), Name: name.GetText()}, Fn: fn})
	}
	return t
}

func (p *parser) groupBy(ctx gen.ITermContext) []*Var {
	call, ok := ctx.(*gen.ApplContext)
	if !ok || call.NAME().GetText() != "fn:group_by" {
		p.src.report(p.pos(ctx.GetStart()), "do is followed by fn:group_by, not "+describe(ctx),
			"write |> do fn:group_by(Key), let N = fn:count()")
		return nil
	}
	var keys []*Var
	for _, k := range call.AllTerm() {
		v, ok := k.(*gen.VarContext)
		if !ok || v.GetText() == "_" {
			p.src.report(p.pos(k.GetStart()), "a key of fn:group_by is a named variable, not "+
				describe(k), "bind it among the conditions")
			continue
		}
		keys = append(keys, &Var{Pos: p.pos(v.GetStart()), Name: v.GetText()})
	}
	return keys
}

func (p *parser) terms(ctxs []gen.ITermContext) []Term {
	var out []Term
	for _, c := range ctxs {
		if t := p.term(c); t != nil {
			out = append(out, t)
		}
	}
	return out
}

// term reads an argument; it is nil after a report.
func (p *parser) term(ctx gen.ITermContext) Term {
	pos := p.pos(ctx.GetStart())
	switch c := ctx.(type) {
	case *gen.VarContext:
		return &Var{Pos: pos, Name: c.GetText()}
	case *gen.ConstContext:
		return &Const{Pos: pos, Kind: NameConst, Str: c.GetText()}
	case *gen.StrContext:
		return &Const{Pos: pos, Kind: StringConst, Str: decode(c.GetText())}
	case *gen.BStrContext:
		return &Const{Pos: pos, Kind: BytesConst, Str: decode(c.GetText())}
	case *gen.NumContext:
		return p.number(pos, c.GetText())
	case *gen.FloatContext:
		return p.float(pos, c.GetText())
	case *gen.ListContext:
		return &Call{Pos: pos, Fn: "fn:list", Args: p.terms(c.AllTerm())}
	case *gen.MapContext:
		return &Call{Pos: pos, Fn: "fn:map", Args: p.terms(c.AllTerm())}
	case *gen.StructContext:
		return &Call{Pos: pos, Fn: "fn:struct", Args: p.terms(c.AllTerm())}
	case *gen.ApplContext:
		if name := c.NAME().GetText(); strings.HasPrefix(name, "fn:") {
			return &Call{Pos: pos, Fn: name, Args: p.terms(c.AllTerm())}
		}
		p.src.report(pos, describe(ctx)+" cannot be an argument",
			"a function's name begins with fn:; a relation is a condition of its own")
		return nil
	}
	p.src.report(pos, describe(ctx)+" cannot be an argument", "types stand in bounds only")
	return nil
}

func (p *parser) number(pos Pos, text string) Term {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		p.src.report(pos, text+" does not fit into 64 bits", "numbers go from "+
			strconv.Itoa(math.MinInt64)+" to "+strconv.Itoa(math.MaxInt64))
		return nil
	}
	return &Const{Pos: pos, Kind: NumberConst, Num: n}
}

func (p *parser) float(pos Pos, text string) Term {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		p.src.report(pos, text+" does not fit into a 64-bit float", "")
		return nil
	}
	return &Const{Pos: pos, Kind: FloatConst, Float: f}
}
