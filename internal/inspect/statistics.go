package inspect

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"woven/engine"
)

// baseline is what the counters of the rules stood at when a user cleared them.
type baseline struct {
	mutex sync.Mutex
	rules map[string]engine.RuleStats
}

// rules reads the counters of every rule since they were cleared last.
func (i *Inspector) rules(ctx context.Context) (profile []engine.RuleProfile, err error) {
	err = i.session.Do(ctx, func(e *engine.Engine) { profile = e.Profile() })
	i.baseline.mutex.Lock()
	defer i.baseline.mutex.Unlock()
	for at := range profile {
		p := &profile[at]
		base := i.baseline.rules[p.Pos.String()]
		p.Stats.Time -= base.Time
		p.Stats.In -= base.In
		p.Stats.Out -= base.Out
	}
	return profile, err
}

// clearStats starts all counters of the rules anew.
func (i *Inspector) clearStats(ctx context.Context, _ []string) (string, error) {
	rules := map[string]engine.RuleStats{}
	err := i.session.Do(ctx, func(e *engine.Engine) {
		for _, p := range e.Profile() {
			rules[p.Pos.String()] = p.Stats
		}
	})
	i.baseline.mutex.Lock()
	defer i.baseline.mutex.Unlock()
	if err == nil {
		i.baseline.rules = rules
	}
	return "", err
}

// counters of a node, in the order in which the reference shows them.
var counters = []string{"recompute", "compute", "abort"}

// showStats shows a node for each file of rules. Nothing is ever recomputed or given up: compute
// counts the changed facts that the rules of the file have looked at.
func (i *Inspector) showStats(ctx context.Context, args []string) (string, error) {
	rules, err := i.rules(ctx)
	if err != nil {
		return "", err
	}
	nodes := map[string]uint64{}
	for _, r := range rules {
		nodes[strings.TrimSuffix(r.Pos.File, ".mg")] += r.Stats.In
	}
	var b strings.Builder
	for _, node := range slices.Sorted(maps.Keys(nodes)) {
		values := map[string]uint64{"compute": nodes[node]}
		switch {
		case len(args) > 0 && args[0] != node:
		case len(args) == 2 && !slices.Contains(counters, args[1]):
		case len(args) == 2:
			fmt.Fprintf(&b, "%d\n", values[args[1]])
		default:
			fmt.Fprintf(&b, "Node: %s\n", node)
			for _, c := range counters {
				fmt.Fprintf(&b, "- %-20s %d\n", c+":", values[c])
			}
		}
	}
	return b.String(), nil
}

// Recompute has nothing to do: the conclusions of the rules are those of a fresh start at any time.
func (i *Inspector) Recompute(context.Context, []string) (string, error) {
	i.log.Info("there is nothing to recompute: conclusions are kept up to date by every change")
	return "", nil
}

// setLogTimeout changes from which duration on a commit is worth a line in the log.
func (i *Inspector) setLogTimeout(_ context.Context, args []string) (string, error) {
	msec, err := strconv.ParseUint(args[0], 10, 31)
	if err != nil {
		return "", fmt.Errorf("%q is no number of milliseconds", args[0])
	}
	i.slow.Store(int64(time.Duration(msec) * time.Millisecond))
	return "", nil
}

// profile shows what each rule has cost, the most expensive first.
func (i *Inspector) profile(ctx context.Context, _ []string) (string, error) {
	rules, err := i.rules(ctx)
	slices.SortStableFunc(rules, func(a, b engine.RuleProfile) int {
		return cmp.Compare(b.Stats.Time, a.Stats.Time)
	})
	var b strings.Builder
	fmt.Fprintf(&b, "%12s %12s %12s  %s\n", "msec", "facts in", "facts out", "rule")
	for _, r := range rules {
		fmt.Fprintf(&b, "%12.3f %12d %12d  %s %s\n", float64(r.Stats.Time)/float64(time.Millisecond),
			r.Stats.In, r.Stats.Out, r.Pos, r.Rule)
	}
	return b.String(), err
}

// CountFacts counts the facts of each database, and what the rules make of them.
func (i *Inspector) CountFacts(add func(kind string, count int64)) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	counts := map[string]int64{}
	err := i.session.Do(ctx, func(e *engine.Engine) {
		for name := range i.program.Relations {
			if r, ok := e.Relation(name); ok {
				counts[kindOf(name)] += int64(r.Len())
			}
		}
	})
	if err != nil {
		return // The daemon is about to end, or too busy to count.
	}
	for kind, count := range counts {
		add(kind, count)
	}
}

// kindOf gives the facts of a database the name under which the reference counts its copy.
func kindOf(name string) string {
	switch prefix, _, _ := strings.Cut(name, "."); prefix {
	case "nb":
		return "idl-cells-OVN_Northbound"
	case "sb":
		return "idl-cells-OVN_Southbound"
	case "ovs":
		return "idl-cells-Open_vSwitch"
	}
	return "derived-facts"
}
