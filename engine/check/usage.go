package check

// checkDuplicates warns of clauses that say the same.
func (c *checker) checkDuplicates() {
	first := map[string]*Clause{}
	for _, cl := range c.clauses {
		s := cl.String()
		if f := first[s]; f != nil {
			c.warnAt(cl.Pos, cl, "duplicate-clause", "the same clause is at "+f.Pos.String(),
				"leave one of them out")
			continue
		}
		first[s] = cl
	}
}

// checkUse looks at each relation as a whole: whether it is derived, read, and declared where
// others can see it.
func (c *checker) checkUse() {
	for _, r := range c.sorted {
		c.checkShared(r)
		_, kept := operatorOf(r)
		_, published := r.Annotation("published")
		derived := r.Base || kept || len(r.Clauses) > 0
		read := c.readByOthers(r)
		switch {
		case !derived && read:
			for _, rd := range c.reads[r] {
				if rd.in != nil {
					c.warnAt(rd.pos, rd.in, "never-derived", r.Name+" is always empty: no clause derives it",
						"derive it, or declare it with extensional() if its facts come from outside")
				}
			}
		case read || r.Output || published || c.isGenerated(r) && len(r.Clauses) == 0:
		case !derived:
			c.warnAt(r.Decl.Pos, r.Decl, "unused-decl", r.Name+" is declared and not used",
				"leave the Decl out")
		case r.Base:
			c.warnAt(r.Decl.Pos, r.Decl, "dead-relation", "nothing reads "+r.Name,
				"read it, or leave the Decl out")
		case r.Decl != nil:
			c.warnAt(r.Decl.Pos, r.Decl, "dead-relation", "nothing reads "+r.Name,
				"declare it with output() or published(), or leave it out")
		default:
			c.warnAt(r.Clauses[0].Pos, r.Clauses[0], "dead-relation", "nothing reads "+r.Name,
				"declare it with output() or published(), or leave the clause out")
		}
	}
}

// readByOthers reports whether something other than the relation's own rules reads it.
func (c *checker) readByOthers(r *Relation) bool {
	if c.meant[r] {
		return true
	}
	for _, rd := range c.reads[r] {
		if rd.by != r {
			return true
		}
	}
	return false
}

func (c *checker) isGenerated(r *Relation) bool {
	return c.options.Generated != nil && c.options.Generated(c.home[r])
}

// checkShared checks that a relation which other files use is declared, and says what it
// means.
func (c *checker) checkShared(r *Relation) {
	home := c.home[r]
	shared := false
	complain := func(file string, report func()) {
		if file != home {
			shared = true
			if r.Decl == nil {
				report()
			}
		}
	}
	hint := "declare it in " + home + " with a doc that says what a fact means"
	for _, cl := range r.Clauses {
		complain(cl.Pos.File, func() {
			c.errorAt(cl.Head.Pos, cl, "undeclared", r.Name+" belongs to "+home+" and has no Decl", hint)
		})
	}
	for _, rd := range c.reads[r] {
		complain(rd.file, func() {
			if rd.in != nil {
				c.errorAt(rd.pos, rd.in, "undeclared", r.Name+" belongs to "+home+" and has no Decl", hint)
				return
			}
			c.errorAt(rd.pos, rd.by.Decl, "undeclared", r.Name+" belongs to "+home+" and has no Decl",
				hint)
		})
	}
	if shared && r.Decl != nil && r.Decl.Doc == "" && !c.isGenerated(r) {
		c.warnAt(r.Decl.Pos, r.Decl, "undocumented", r.Name+" is used by other files and has no doc",
			`say what one fact means: descr [doc("...")]`)
	}
}
