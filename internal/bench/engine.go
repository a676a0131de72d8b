package bench

import (
	"fmt"
	"io"
	"strings"
)

// Workload is something to measure, with a check of its result.
type Workload struct {
	Name string
	Run  func() (Result, error)
}

// Workloads are what woven bench engine runs, in this order.
var Workloads = []Workload{
	{"ports-1m", func() (Result, error) { return Ports(1_000_000, 20_000) }},
	{"closure-sparse", func() (Result, error) { return chains(200, 100).closure(500) }},
	{"closure-dense", func() (Result, error) { return grids(20, 20).closure(100) }},
	{"groups", func() (Result, error) { return Groups(20, 10_000, 300) }},
}

// Engine runs the workloads, or the one with the given name, and tells progress of each. A result
// that is wrong is an error.
func Engine(only string, progress io.Writer) ([]Result, error) {
	var results []Result
	var names []string
	for _, w := range Workloads {
		names = append(names, w.Name)
		if only != "" && only != w.Name {
			continue
		}
		fmt.Fprintf(progress, "%s ...\n", w.Name)
		r, err := w.Run()
		if err != nil {
			return results, fmt.Errorf("%s: %w", w.Name, err)
		}
		results = append(results, r)
	}
	if len(results) == 0 {
		return nil, fmt.Errorf("there is no workload %q; there are %s", only, strings.Join(names, ", "))
	}
	return results, nil
}
