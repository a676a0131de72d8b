package syntax

import "fmt"

// Pos is a place in a source file; lines and columns count from 1.
type Pos struct {
	File string
	Line int
	Col  int
}

// String spells the place the way compilers do: file:line:column.
func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col) }

// File is one parsed .mg file.
type File struct {
	Path    string
	Comment string // the comment that opens the file, without its # signs
	Decls   []*Decl
	Clauses []*Clause
}

// Decl declares a relation: its columns, their types, what a fact means, and annotations that
// tell the engine or a bridge how the relation is used.
type Decl struct {
	Pos    Pos
	Pred   string
	Args   []string // the columns' names, as written
	Doc    string   // the text of descr [doc("...")]
	Descr  []Annotation
	Bounds [][]TypeExpr // one list a bound block, each as long as Args
	Text   string       // the source text
}

// Annotation is one atom of a descr block, such as output() or allocator("pool").
type Annotation struct {
	Pos  Pos
	Name string
	Args []Term
}

// TypeExpr is a type as written in a bound: a constant such as /string, or .List</string>.
type TypeExpr struct {
	Pos    Pos
	Name   string // "/string", "List", "Map", "Struct", "Pair", "Tuple", …
	Args   []TypeExpr
	Fields []string // Struct only: the names that go with Args
}

// Clause is a fact or a rule.
type Clause struct {
	Pos       Pos
	Head      *Atom
	Body      []Literal
	Transform *Transform // nil without |>
	Comment   string     // the comment right above, without its # signs
	Text      string     // the source text, without the comment
}

// Literal is one condition of a body: *Match or *Compare.
type Literal interface{ literal() }

// Match is an atom in a body, possibly negated. An atom whose name starts with a colon is a
// flattening predicate.
type Match struct {
	Negated bool
	Atom    *Atom
}

// Compare is L Op R with one of = != < <= > >=. An = whose one side is an unbound variable
// binds that variable.
type Compare struct {
	Pos  Pos // of the operator
	Op   string
	L, R Term
}

func (*Match) literal()   {}
func (*Compare) literal() {}

// Atom is a relation's name with arguments.
type Atom struct {
	Pos  Pos
	Pred string
	Args []Term
}

// Term is an argument: *Var, *Const or *Call.
type Term interface {
	Position() Pos
	String() string
}

// Var is a variable; the name _ stands for a new one at each mention.
type Var struct {
	Pos  Pos
	Name string
}

// ConstKind tells what a constant is.
type ConstKind uint8

// The kinds of constants.
const (
	StringConst ConstKind = iota
	NumberConst
	FloatConst
	NameConst // /a/b, slash included in Str
	BytesConst
)

// Const is a literal value.
type Const struct {
	Pos   Pos
	Kind  ConstKind
	Str   string // strings, bytes and names
	Num   int64
	Float float64
}

// Call is a function applied to terms. [a, b] is fn:list, [k: v] is fn:map, {/f: v} is
// fn:struct with keys and values alternating.
type Call struct {
	Pos  Pos
	Fn   string // with its fn: prefix
	Args []Term
}

// Transform is what follows |>: with GroupBy the rule aggregates, without it the lets compute.
type Transform struct {
	Pos     Pos
	Grouped bool // a "do fn:group_by(...)" is there, maybe with no key
	GroupBy []*Var
	Lets    []Let
}

// Let binds a variable to a reducer's or function's result.
type Let struct {
	Pos Pos
	Var *Var
	Fn  *Call
}

// Position returns where the term begins.
func (v *Var) Position() Pos { return v.Pos }

// Position returns where the term begins.
func (c *Const) Position() Pos { return c.Pos }

// Position returns where the term begins.
func (c *Call) Position() Pos { return c.Pos }
