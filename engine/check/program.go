package check

import (
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// Relation is a relation of a checked program.
type Relation struct {
	relations.Schema              // its name and its columns with their types
	Decl             *syntax.Decl // nil if it is not declared
	Base             bool         // extensional(): its facts come from outside
	Output           bool         // output(): its changes are delivered
	Clauses          []*Clause    // what derives it, in the order of the source
}

// Annotation returns the first annotation of that name in the relation's declaration.
func (r *Relation) Annotation(name string) (syntax.Annotation, bool) {
	if r.Decl != nil {
		for _, a := range r.Decl.Descr {
			if a.Name == name {
				return a, true
			}
		}
	}
	return syntax.Annotation{}, false
}

// Clause is a checked fact or rule.
type Clause struct {
	*syntax.Clause
	// Name identifies the rule in profiles and proofs: the head's relation, # and the ordinal
	// among the clauses of that relation in the file, from 1.
	Name string
	// Types holds the type of every term of the clause, nested ones included.
	Types map[syntax.Term]relations.Type
	// VarTypes holds the type of every named variable.
	VarTypes map[string]relations.Type
	// Aggregate says that the clause has a grouped transform.
	Aggregate bool
}

// Program is a set of files in which no error was found.
type Program struct {
	Files     []*syntax.File
	Registry  *function.Registry
	Relations map[string]*Relation
	// Order holds the strongly connected components of the relations, each after those it
	// depends on. A relation that does not depend on itself is alone.
	Order [][]*Relation
	// Recursive holds the relations that depend on themselves.
	Recursive map[*Relation]bool
}

// Options relax what is checked.
type Options struct {
	// AllowCross accepts bodies whose atoms share no variable.
	AllowCross bool
	// AllowFeedback accepts rules that read sb.T.c where the program derives want.sb.T.c.
	AllowFeedback bool
	// Generated tells the files whose declarations were made by a tool: what they declare may
	// be unused. Nil stands for none.
	Generated func(path string) bool
}
