package engine

// component is a set of relations that depend on each other. Its turn deletes before it inserts
// (DRed with counts, after Hu, Motik and Horrocks, "Optimised Maintenance of Datalog
// Materialisations", AAAI 2018):
//
// A row that lost a derivation and has none from outside the component might hold itself up in
// a circle, so it is taken out, and with it every derivation that it takes part in. Rows that
// then still have derivations inside the component have them from rows that stand: they are put
// back, together with what is new, and their consequences follow.
//
// Every row's two counts are exact all the time, so no derivation is ever searched for.
type component struct {
	relations []*relation
	position  int
	queue     []member
}

type member struct {
	rel *relation
	id  uint32
}

func (c *component) turn(e *Engine) {
	c.delete(e)
	c.insert(e)
	for _, r := range c.relations {
		r.settleComponent()
	}
	for _, r := range c.relations {
		if len(r.touched) > 0 {
			e.changed(r)
		}
	}
}

// delete takes out every row whose support is in doubt.
func (c *component) delete(e *Engine) {
	for _, r := range c.relations {
		for _, t := range r.touched {
			c.doubt(r, t.id)
		}
	}
	for n := 0; n < len(c.queue); n++ {
		m := c.queue[n]
		f := m.rel.flags(m.id)
		*f &^= flagLive | flagQueued
		m.rel.live--
		c.consequences(e, m, -1)
	}
	c.queue = c.queue[:0]
}

// doubt queues a row that lost a derivation and has none from outside.
func (c *component) doubt(r *relation, id uint32) {
	f := r.flags(id)
	if fault == faultCycle && r.inner(id) > 0 {
		return
	}
	if *f&(flagLive|flagLost|flagQueued) == flagLive|flagLost && r.count(id) == 0 {
		*f |= flagQueued
		c.queue = append(c.queue, member{r, id})
	}
}

// insert puts in every row that has a derivation.
func (c *component) insert(e *Engine) {
	for _, r := range c.relations {
		for _, t := range r.touched {
			c.admit(r, t.id)
		}
	}
	for n := 0; n < len(c.queue); n++ {
		m := c.queue[n]
		f := m.rel.flags(m.id)
		inIndexes := *f&flagWas != 0
		*f = *f&^flagQueued | flagLive
		if inIndexes {
			m.rel.live++
		} else {
			m.rel.enter(m.id)
		}
		c.consequences(e, m, 1)
	}
	if cap(c.queue) > 1<<16 {
		c.queue = nil
	}
	c.queue = c.queue[:0]
}

// admit queues a row that is not visible although it has a derivation.
func (c *component) admit(r *relation, id uint32) {
	f := r.flags(id)
	if fault == faultStaysOut && *f&flagWas != 0 {
		return
	}
	if *f&(flagLive|flagQueued) == 0 && r.count(id)+r.inner(id) > 0 {
		*f |= flagQueued
		c.queue = append(c.queue, member{r, id})
	}
}

// consequences adds or takes away the derivations inside the component that the row takes part
// in, and queues the heads that this affects.
func (c *component) consequences(e *Engine, m member, sign int32) {
	e.sign = sign
	for _, u := range m.rel.uses {
		if !u.inside {
			continue
		}
		f := e.frame(u.plan, 0)
		before := f.found
		f.self, f.selfRel, f.inserted, f.emit = m.id, m.rel, sign > 0, e.emitInside
		f.run(m.rel.row(m.id))
		st := &u.plan.rule.stats
		st.In++
		st.Out += f.found - before
	}
}

// derived counts one derivation inside a component and queues the head if that matters.
func (e *Engine) derived(f *frame) bool {
	head := f.plan.rule.head
	id := head.add(e.store, f.out, e.sign, true)
	e.derives(f.plan.rule, int64(e.sign))
	if e.sign < 0 {
		head.component.doubt(head, id)
	} else {
		head.component.admit(head, id)
	}
	return true
}

// settleComponent lists the net changes of a relation whose rows came and went.
func (r *relation) settleComponent() {
	for _, t := range r.touched {
		f := r.flags(t.id)
		switch was, live := *f&flagWas != 0, *f&flagLive != 0; {
		case live && !was:
			*f |= flagBorn
			r.born = append(r.born, t.id)
		case was && !live:
			*f |= flagDied
			r.died = append(r.died, t.id)
		}
	}
}
