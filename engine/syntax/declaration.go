package syntax

import (
	"fmt"
	"strings"

	"codeberg.org/TauCeti/mangle-go/parse/gen"
	"github.com/antlr4-go/antlr/v4"
)

// declaration adds a Decl to the file.
func (p *parser) declaration(ctx *gen.DeclContext, tokens []antlr.Token) {
	faults := len(p.src.errors)
	d := &Decl{Pos: p.pos(tokens[0]), Text: p.textOf(tokens)}
	p.columns(d, ctx.Atom().Term())
	if block := ctx.DescrBlock(); block != nil {
		for _, a := range block.Atoms().AllAtom() {
			if atom := p.atom(a.Term(), "an annotation", ""); atom != nil {
				d.Descr = append(d.Descr, Annotation{atom.Pos, atom.Pred, atom.Args})
			}
		}
	}
	d.Doc = docOf(d.Descr)
	for _, block := range ctx.AllBoundsBlock() {
		var types []TypeExpr
		for _, t := range block.AllTerm() {
			types = append(types, p.typeExpr(t))
		}
		if len(types) != len(d.Args) {
			p.src.report(p.pos(block.GetStart()), fmt.Sprintf(
				"%d types for %d columns", len(types), len(d.Args)), "a bound has one type a column")
		}
		d.Bounds = append(d.Bounds, types)
	}
	if block := ctx.ConstraintsBlock(); block != nil {
		p.src.report(p.pos(block.GetStart()), "inclusion constraints are not part of the language",
			"say what must hold in a rule that derives a problem")
	}
	if len(p.src.errors) == faults {
		p.file.Decls = append(p.file.Decls, d)
	}
}

func (p *parser) columns(d *Decl, ctx gen.ITermContext) {
	call, ok := ctx.(*gen.ApplContext)
	if !ok || strings.HasPrefix(call.NAME().GetText(), "fn:") ||
		strings.HasPrefix(call.NAME().GetText(), ":") {
		p.src.report(p.pos(ctx.GetStart()), "Decl declares a relation, not "+describe(ctx),
			"functions and predicates with a colon are registered from Go")
		return
	}
	d.Pred = call.NAME().GetText()
	seen := map[string]bool{}
	for _, arg := range call.AllTerm() {
		name, pos := arg.GetText(), p.pos(arg.GetStart())
		if _, ok := arg.(*gen.VarContext); !ok || name == "_" {
			p.src.report(pos, "a column of a Decl is a named variable, not "+describe(arg),
				"types go behind bound: Decl p(X) bound [/string].")
		} else if seen[name] {
			p.src.report(pos, "two columns are named "+name, "")
		}
		seen[name] = true
		d.Args = append(d.Args, name)
	}
}

// docOf joins the texts of all doc annotations.
func docOf(descr []Annotation) string {
	var texts []string
	for _, a := range descr {
		if a.Name != "doc" {
			continue
		}
		for _, t := range a.Args {
			if c, ok := t.(*Const); ok && c.Kind == StringConst {
				texts = append(texts, c.Str)
			}
		}
	}
	return strings.Join(texts, " ")
}

func (p *parser) typeExpr(ctx gen.ITermContext) TypeExpr {
	t := TypeExpr{Pos: p.pos(ctx.GetStart())}
	switch c := ctx.(type) {
	case *gen.ConstContext:
		t.Name = c.GetText()
	case *gen.DotTypeContext:
		t.Name = c.DOT_TYPE().GetText()[1:]
		for _, m := range c.AllMember() {
			p.member(&t, m.(*gen.MemberContext))
		}
	default:
		p.src.report(t.Pos, describe(ctx)+" is not a type",
			"types are such as /string, /number or .List</string>")
	}
	return t
}

// member adds a part of a type: a type, or a field with its type.
func (p *parser) member(t *TypeExpr, ctx *gen.MemberContext) {
	if ctx.GetStart().GetTokenType() == tokOpt {
		p.src.report(p.pos(ctx.GetStart()), "optional fields are not part of the language",
			"an optional value is a relation of its own")
		return
	}
	terms := ctx.AllTerm()
	if len(terms) == 2 {
		if _, ok := terms[0].(*gen.ConstContext); !ok {
			p.src.report(p.pos(terms[0].GetStart()), describe(terms[0])+" is not a field",
				"a field is a name such as /name")
		}
		t.Fields = append(t.Fields, terms[0].GetText())
	}
	t.Args = append(t.Args, p.typeExpr(terms[len(terms)-1]))
}
