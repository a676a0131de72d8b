package enginetest

import (
	"errors"
	"slices"
)

// Minimize makes a failing case smaller for as long as it fails, trying at most a number of
// smaller cases.
func (d *Driver) Minimize(c *Case, tries int) *Case {
	m := &minimizer{driver: &Driver{Registry: d.Registry, System: d.System}, best: c, tries: tries}
	for again := true; again && m.tries > 0; {
		again = m.dropSteps() || m.dropChanges() || m.dropRules() || m.dropLiterals()
	}
	return m.best
}

type minimizer struct {
	driver *Driver
	best   *Case
	tries  int
}

// try keeps a smaller case if it fails too. A case that makes no sense does not fail.
func (m *minimizer) try(c *Case) bool {
	if m.tries <= 0 {
		return false
	}
	m.tries--
	if err := m.driver.Run(c); err == nil || errors.Is(err, ErrCase) {
		return false
	}
	m.best = c
	return true
}

// dropSteps drops runs of steps, long ones first.
func (m *minimizer) dropSteps() (dropped bool) {
	for size := len(m.best.Steps); size > 0; size /= 2 {
		for from := len(m.best.Steps) - size; from >= 0; from -= size {
			steps := slices.Delete(slices.Clone(m.best.Steps), from, from+size)
			dropped = m.try(&Case{m.best.Program, steps}) || dropped
			from = min(from, len(m.best.Steps))
		}
	}
	return dropped
}

// dropChanges drops runs of changes of each batch.
func (m *minimizer) dropChanges() (dropped bool) {
	for i := range m.best.Steps {
		for size := len(m.best.Steps[i].Batch); size > 0; size /= 2 {
			for from := len(m.best.Steps[i].Batch) - size; from >= 0; from -= size {
				steps := slices.Clone(m.best.Steps)
				steps[i].Batch = slices.Delete(slices.Clone(steps[i].Batch), from, from+size)
				dropped = m.try(&Case{m.best.Program, steps}) || dropped
				from = min(from, len(m.best.Steps[i].Batch))
			}
		}
	}
	return dropped
}

// dropRules drops rules, and relations, from each program.
func (m *minimizer) dropRules() (dropped bool) {
	return m.edit(func(p *Program, try func(*Program) bool) (dropped bool) {
		for i := len(p.Relations) - 1; i >= 0; i-- {
			smaller := p.clone()
			smaller.Relations = slices.Delete(smaller.Relations, i, i+1)
			if try(smaller) {
				p, dropped = smaller, true
				continue
			}
			for j := len(p.Relations[i].Rules) - 1; j >= 0; j-- {
				smaller := p.clone()
				r := smaller.Relations[i]
				r.Rules, r.Declared = slices.Delete(r.Rules, j, j+1), true
				if try(smaller) {
					p, dropped = smaller, true
				}
			}
		}
		return dropped
	})
}

// dropLiterals drops conditions from each rule.
func (m *minimizer) dropLiterals() (dropped bool) {
	return m.edit(func(p *Program, try func(*Program) bool) (dropped bool) {
		for i, r := range p.Relations {
			for j := range r.Rules {
				for k := len(p.Relations[i].Rules[j].Body) - 1; k >= 0; k-- {
					smaller := p.clone()
					c := *smaller.Relations[i].Rules[j]
					c.Body = slices.Delete(slices.Clone(c.Body), k, k+1)
					smaller.Relations[i].Rules[j] = &c
					if try(smaller) {
						p, dropped = smaller, true
					}
				}
			}
		}
		return dropped
	})
}

// edit lets f make each program of the case smaller.
func (m *minimizer) edit(f func(p *Program, try func(*Program) bool) bool) (dropped bool) {
	dropped = f(m.best.Program, func(p *Program) bool { return m.try(&Case{p, m.best.Steps}) })
	for i, s := range m.best.Steps {
		if s.Program == nil {
			continue
		}
		dropped = f(s.Program, func(p *Program) bool {
			steps := slices.Clone(m.best.Steps)
			steps[i].Program = p
			return m.try(&Case{m.best.Program, steps})
		}) || dropped
	}
	return dropped
}
