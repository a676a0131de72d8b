package engine

import "woven/relations"

// frame is what one worker needs to run one plan: registers with the constants in place, and
// where the results go.
type frame struct {
	plan  *plan
	store *relations.Store
	regs  []value
	in    []value // arguments of the call at hand
	out   []value // the head row at hand
	// self is the row whose change a recursive component is working on; see viewBefore.
	self     uint32
	selfRel  *relation
	inserted bool // the row was inserted; else it was deleted

	emit    func(f *frame) bool // takes f.out; false stops the plan
	stop    bool
	found   uint64
	fetched uint64 // what runAll read ahead; nobody needs it

	onFlat []func(out []value)
	trace  []uint32 // the row that each step stands on; nil unless a proof is looked for
}

func newFrame(p *plan, s *relations.Store) *frame {
	f := &frame{plan: p, store: s, regs: make([]value, p.rule.regs),
		out: make([]value, len(p.rule.headRegs)), self: none}
	for _, c := range p.rule.consts {
		f.regs[c.reg] = c.value
	}
	f.onFlat = make([]func([]value), len(p.steps))
	for i := range p.steps {
		if p.steps[i].kind == flatStep {
			f.onFlat[i] = f.flattened(i)
		}
	}
	return f
}

// run finds the assignments that go with one row of the driver.
func (f *frame) run(row []value) {
	p := f.plan
	for _, b := range p.bind {
		f.regs[b.reg] = row[b.column]
	}
	for _, c := range p.checks {
		if f.regs[c.reg] != row[c.column] {
			return
		}
	}
	f.stop = false
	f.step(0)
}

func (f *frame) step(i int) {
	p := f.plan
	for ; i < len(p.steps); i++ {
		s := &p.steps[i]
		switch s.kind {
		case scanStep:
			f.scan(s, i)
			return
		case sweepStep:
			f.sweep(s, i)
			return
		case flatStep:
			f.flat(s, i)
			return
		case evalStep:
			f.regs[s.lit.dst] = f.call(s.lit)
		case copyStep:
			f.regs[s.bind[0].reg] = f.regs[s.bind[0].column]
		default:
			if !f.passes(s, i) {
				return
			}
		}
	}
	f.head()
}

// passes decides the steps that bind nothing.
func (f *frame) passes(s *step, i int) bool {
	switch s.kind {
	case lookupStep:
		return f.present(s, i)
	case absentStep:
		return !f.present(s, i)
	case emptyStep:
		return s.lit.rel.live == 0
	case sameStep:
		return f.regs[s.lit.dst] == f.call(s.lit)
	case equalStep:
		return f.regs[s.bind[0].column] == f.regs[s.bind[0].reg]
	case testStep:
		return s.lit.test(f.store, f.regs[s.lit.in[0]], f.regs[s.lit.in[1]])
	}
	return !f.yields(s)
}

func (f *frame) call(l *literal) value {
	n := len(f.in)
	for _, r := range l.in {
		f.in = append(f.in, f.regs[r])
	}
	v := l.eval(f.store, f.in[n:])
	f.in = f.in[:n]
	return v
}

func (f *frame) key(s *step, buf *[maxColumns]value) []value {
	for i, r := range s.key {
		buf[i] = f.regs[r]
	}
	return buf[:len(s.key)]
}

// visible decides whether a step sees a row.
func (f *frame) visible(r *relation, id uint32, v view) bool {
	flags := *r.flags(id)
	switch v {
	case viewNew:
		return flags&flagLive != 0
	case viewOld:
		return flags&(flagLive|flagBorn) == flagLive || flags&flagDied != 0
	case viewBefore:
		// The component takes up one row at a time; before means without its change.
		if id == f.self && r == f.selfRel {
			return !f.inserted
		}
		return flags&flagLive != 0
	}
	if id == f.self && r == f.selfRel {
		return f.inserted
	}
	return flags&flagLive != 0
}

// present reports whether the relation has a row with the step's key.
func (f *frame) present(s *step, i int) bool {
	var buf [maxColumns]value
	key := f.key(s, &buf)
	r := s.lit.rel
	if s.index == nil {
		id := r.lookup(key)
		if f.trace != nil {
			f.trace[i] = id
		}
		return id != none && f.visible(r, id, s.view)
	}
	for id := s.index.first(r, key); id != none; id = s.index.next(id) {
		if f.visible(r, id, s.view) {
			return true
		}
	}
	return false
}

func (f *frame) scan(s *step, i int) {
	var buf [maxColumns]value
	key := f.key(s, &buf)
	r := s.lit.rel
	for id := s.index.first(r, key); id != none; id = s.index.next(id) {
		if !f.visible(r, id, s.view) {
			continue
		}
		if f.trace != nil {
			f.trace[i] = id
		}
		if f.take(s, r.rows.at(id)) {
			f.step(i + 1)
			if f.stop {
				return
			}
		}
	}
}

// sweep is scan without an index.
func (f *frame) sweep(s *step, i int) {
	r := s.lit.rel
	for id := uint32(0); id < r.top && !f.stop; id++ {
		if *r.flags(id)&flagLive == 0 {
			continue
		}
		if f.trace != nil {
			f.trace[i] = id
		}
		if f.take(s, r.rows.at(id)) {
			f.step(i + 1)
		}
	}
}

// take binds a row's columns and reports whether it fits.
func (f *frame) take(s *step, row []value) bool {
	for _, b := range s.bind {
		f.regs[b.reg] = row[b.column]
	}
	for _, c := range s.checks {
		if f.regs[c.reg] != row[c.column] {
			return false
		}
	}
	return true
}

func (f *frame) flat(s *step, i int) {
	n := len(f.in)
	for _, r := range s.lit.in {
		f.in = append(f.in, f.regs[r])
	}
	s.lit.pred.Eval(f.store, f.in[n:], f.onFlat[i])
	f.in = f.in[:n]
}

// flattened continues the plan with one row of a flattening predicate. The row is taken into
// registers before anything else runs, because the predicate owns the slice.
func (f *frame) flattened(i int) func(out []value) {
	return func(out []value) {
		if !f.stop && f.take(&f.plan.steps[i], out) {
			f.step(i + 1)
		}
	}
}

// yields reports whether a flattening predicate has a row that fits.
func (f *frame) yields(s *step) bool {
	n := len(f.in)
	for _, r := range s.lit.in {
		f.in = append(f.in, f.regs[r])
	}
	found := false
	s.lit.pred.Eval(f.store, f.in[n:], func(out []value) {
		found = found || f.take(s, out)
	})
	f.in = f.in[:n]
	return found
}

func (f *frame) head() {
	for i, r := range f.plan.rule.headRegs {
		v := f.regs[r]
		if f.plan.rule.canonical[i] && fault != faultSpelling {
			v = f.store.Canonical(v)
		}
		f.out[i] = v
	}
	f.found++
	if !f.emit(f) {
		f.stop = true
	}
}
