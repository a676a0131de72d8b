package check

import "fmt"

// wanted is how a relation begins that says what a database should hold.
const wanted = "want."

// checkFeedback looks for rules that read a column of a database which the program itself
// decides: its own writing comes back to it. It has to be meant. An allocator's memory is
// meant by its nature.
func (c *checker) checkFeedback(cl *Clause) {
	if c.options.AllowFeedback || c.allows(cl, "feedback") || c.isMemory(cl) {
		return
	}
	for _, m := range matches(cl.Clause) {
		r, want := c.relations[m.Atom.Pred], c.relations[wanted+m.Atom.Pred]
		if r == nil || !r.Base || want == nil || len(want.Clauses) == 0 {
			continue
		}
		c.errorAt(m.Atom.Pos, cl, "feedback", fmt.Sprintf("%s comes back from the database: the "+
			"program derives %s at %s", r.Name, want.Name, want.Clauses[0].Pos),
			`say feedback("why") in the Decl of `+cl.Head.Pred+
				", or # woven:feedback why above the clause, if it is meant")
	}
}

// isMemory reports whether the clause derives what an allocator reads.
func (c *checker) isMemory(cl *Clause) bool {
	r := c.relations[cl.Head.Pred]
	if r == nil {
		return false
	}
	for _, rd := range c.reads[r] {
		if rd.in == nil {
			if a, _ := operatorOf(rd.by); a.Name == "allocator" {
				return true
			}
		}
	}
	return false
}
