package bench

import (
	_ "embed"
	"fmt"
	"strings"
	"time"

	"woven/engine"
	"woven/relations"
)

//go:embed groups.mg
var groupsProgram string

// groups is a number of groups of one size. Member m of group g has the number g*size + m.
type groups struct {
	*engine.Engine
	count, size           int
	member, summary, roll *engine.Relation
	summaries, rolls      *engine.Lookup // by the group
}

func newGroups(count, size int) (*groups, error) {
	e, err := compile("groups.mg", groupsProgram, true)
	if err != nil {
		return nil, err
	}
	g := &groups{Engine: e, count: count, size: size}
	g.member, _ = e.Relation("member")
	g.summary, _ = e.Relation("summary")
	g.roll, _ = e.Relation("roll")
	g.summaries, g.rolls = g.summary.Lookup(0), g.roll.Lookup(0)
	return g, nil
}

func memberName(n int) string { return fmt.Sprintf("m-%08d", n) }

func (g *groups) fact(group, m int) fact {
	s := g.Store()
	n := group*g.size + m
	return fact{g.member, []relations.Value{s.Number(int64(group)), s.Number(int64(n)),
		s.String(memberName(n))}}
}

// expected spells what is concluded of a group that lacks one member; -1 stands for none.
func (g *groups) expected(group, lacks int) (summary, roll string) {
	var numbers, names []string
	sum, count, least, greatest := 0, 0, -1, 0
	for m := range g.size {
		if m == lacks {
			continue
		}
		n := group*g.size + m
		if least < 0 {
			least = n
		}
		sum, count, greatest = sum+n, count+1, n
		numbers, names = append(numbers, fmt.Sprint(n)), append(names, memberName(n))
	}
	return fmt.Sprintf("summary(%d, %d, %d, %d, %d, %q)", group, count, sum, least, greatest,
			memberName(least)), fmt.Sprintf("roll(%d, [%s], %q)", group, strings.Join(numbers, ", "),
			strings.Join(names, ","))
}

// verify compares what is concluded of a group with what should be.
func (g *groups) verify(group, lacks int) error {
	summary, roll := g.expected(group, lacks)
	for _, x := range []struct {
		relation *engine.Relation
		by       *engine.Lookup
		want     string
	}{{g.summary, g.summaries, summary}, {g.roll, g.rolls, roll}} {
		var got string
		x.by.Each(func(row []relations.Value) bool {
			got += g.FactText(x.relation, row)
			return true
		}, g.Store().Number(int64(group)))
		if got != x.want {
			return fmt.Errorf("group %d without member %d: %.80s, not %.80s", group, lacks, got, x.want)
		}
	}
	return nil
}

// Groups measures aggregates over groups: all at once, then the first, the last and other members
// away and back, one at a time.
func Groups(count, size, samples int) (Result, error) {
	empty := rss()
	g, err := newGroups(count, size)
	if err != nil {
		return Result{}, err
	}
	cpu, start := cpuTime(), time.Now()
	var facts []fact
	for group := range count {
		for m := range size {
			facts = append(facts, g.fact(group, m))
		}
	}
	if err := apply(g.Engine, facts, true); err != nil {
		return Result{}, err
	}
	r := Result{Name: "groups", CPUSeconds: (cpuTime() - cpu).Seconds()}
	facts = nil
	r.filled(g.member.Len()+g.summary.Len()+g.roll.Len(), time.Since(start), empty)
	var took []time.Duration
	for k := range samples {
		group := k % count
		m := []int{0, size - 1, k * 7919 % size}[k%3]
		for _, present := range []bool{false, true} {
			lacks := -1
			if !present {
				lacks = m
			}
			start := time.Now()
			if err := apply(g.Engine, []fact{g.fact(group, m)}, present); err != nil {
				return Result{}, err
			}
			took = append(took, time.Since(start))
			if k%10 == 0 {
				if err := g.verify(group, lacks); err != nil {
					return Result{}, err
				}
			}
		}
	}
	r.changes(took)
	return r, nil
}
