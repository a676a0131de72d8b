package bench

import (
	_ "embed"
	"fmt"
	"time"

	"woven/engine"
	"woven/relations"
)

//go:embed closure.mg
var closureProgram string

// graph is a directed graph whose closure is known by a formula.
type graph struct {
	name  string
	edges [][2]int
	paths int
	// cut are edges to take away and put back one at a time, with how many paths only they make.
	cut  [][2]int
	lost []int
}

// chains is a sparse graph: one way between two nodes, or none.
func chains(count, length int) *graph {
	g := &graph{name: "closure-sparse", paths: count * length * (length + 1) / 2}
	node := func(chain, i int) int { return chain*(length+1) + i }
	for c := range count {
		for i := range length {
			g.edges = append(g.edges, [2]int{node(c, i), node(c, i+1)})
		}
		at := length / 2 * (c + 1) % length
		g.cut = append(g.cut, [2]int{node(c, at), node(c, at+1)})
		g.lost = append(g.lost, (at+1)*(length-at))
	}
	return g
}

// grids is a dense graph: squares of n by n nodes with edges to the right and down, so that there
// are many ways between most pairs.
func grids(count, n int) *graph {
	half := n * (n + 1) / 2
	g := &graph{name: "closure-dense", paths: count * (half*half - n*n)}
	node := func(grid, x, y int) int { return (grid*n+x)*n + y }
	for c := range count {
		for x := range n {
			for y := range n {
				if x < n-1 {
					g.edges = append(g.edges, [2]int{node(c, x, y), node(c, x+1, y)})
				}
				if y < n-1 {
					g.edges = append(g.edges, [2]int{node(c, x, y), node(c, x, y+1)})
				}
			}
		}
		// Without the edge, a way along its row has to leave the row, and only within the row is
		// there no other.
		x, y := (n/2+c)%(n-1), c%n
		g.cut = append(g.cut, [2]int{node(c, x, y), node(c, x+1, y)})
		g.lost = append(g.lost, (x+1)*(n-1-x))
	}
	return g
}

// closure measures the closure of a graph: all at once, then one edge away and back.
func (g *graph) closure(samples int) (Result, error) {
	empty := rss()
	e, err := compile("closure.mg", closureProgram, true)
	if err != nil {
		return Result{}, err
	}
	edge, _ := e.Relation("edge")
	path, _ := e.Relation("path")
	change := func(present bool, edges ...[2]int) error {
		var facts []fact
		for _, x := range edges {
			facts = append(facts, fact{edge,
				[]relations.Value{e.Store().Number(int64(x[0])), e.Store().Number(int64(x[1]))}})
		}
		return apply(e, facts, present)
	}
	cpu, start := cpuTime(), time.Now()
	if err := change(true, g.edges...); err != nil {
		return Result{}, err
	}
	r := Result{Name: g.name, CPUSeconds: (cpuTime() - cpu).Seconds()}
	r.filled(edge.Len()+path.Len(), time.Since(start), empty)
	var took []time.Duration
	for k := range samples {
		k %= len(g.cut)
		for _, present := range []bool{false, true} {
			start := time.Now()
			if err := change(present, g.cut[k]); err != nil {
				return Result{}, err
			}
			took = append(took, time.Since(start))
			want := g.paths
			if !present {
				want -= g.lost[k]
			}
			if path.Len() != want {
				return Result{}, fmt.Errorf("%s: %d paths, not %d, with edge %v: %t", g.name, path.Len(),
					want, g.cut[k], present)
			}
		}
	}
	r.changes(took)
	return r, nil
}

// apply puts facts in or takes them out in one transaction.
func apply(e *engine.Engine, facts []fact, present bool) error {
	txn, err := e.Begin()
	if err != nil {
		return err
	}
	change := txn.Insert
	if !present {
		change = txn.Delete
	}
	for _, f := range facts {
		if err := change(f.relation, f.row...); err != nil {
			return err
		}
	}
	return commit(txn)
}
