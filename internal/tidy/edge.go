package tidy

import (
	"fmt"
	"strings"
)

// module is the path of the project's own module.
const module = "woven"

// edge lets the packages of one area import those of another.
type edge struct {
	from, to string // areas
	tests    bool   // only tests may
	reason   string
}

// areas are the folders between which imports are ruled, the deeper ones first. A package belongs
// to the first that holds it; inside of an area the compiler alone decides.
var areas = []string{
	"bridge/ovsdb", "bridge", "cmd", "docs", "engine", "examples", "golden", "internal/logical/oracle",
	"internal/logical",
	"internal/ovsdbtest", "internal", "relations", "rules",
}

// edges are all imports that are allowed between areas. What is not here is not allowed.
var edges = []edge{
	{"cmd", "internal", false, "a main is a few lines; its body is a package that tests can call"},
	{"internal", "bridge/ovsdb", false, "daemons choose the servers and show the connections"},
	{"internal", "bridge", false, "a session ties sources, rules and sinks together"},
	{"internal", "internal/logical", false, "the rules of all daemons may call its functions"},
	{"internal/logical", "engine", false, "its functions are registered for rules"},
	{"internal/logical", "internal/logical/oracle", true, "tests ask the reference"},
	{"internal/logical/oracle", "internal", false, "the reference runs in a test bed"},
	{"internal/logical/oracle", "internal/ovsdbtest", false, "it reads a real Southbound"},
	{"internal/logical", "relations", false, "functions take and give values"},
	{"internal/logical", "bridge", false, "logical flows become OpenFlow"},
	{"internal", "golden", false, "`woven test` runs what `go test` runs"},
	{"internal", "rules", false, "daemons and the tool load the embedded rules"},
	{"internal", "examples", false, "`woven run` shows the embedded example"},
	{"internal", "engine", false, "daemons and the tool run programs"},
	{"internal", "relations", false, "facts pass between sources, engine and sinks as values"},
	{"internal", "internal/ovsdbtest", true, "tests against real servers"},
	{"golden", "rules", false, "cases run on files of rules, which the package reads"},
	{"golden", "engine", false, "cases run on the engine"},
	{"golden", "relations", false, "cases spell values"},
	{"golden", "internal/logical", false, "cases call the functions of the logical flow language"},
	{"bridge", "bridge/ovsdb", false, "rows come and go through a session"},
	{"bridge", "engine", false, "rows become facts in a transaction of the engine's"},
	{"bridge", "relations", false, "a fact is a tuple of values"},
	{"bridge", "internal/ovsdbtest", true, "tests against real servers"},
	{"bridge", "internal", true, "flows are tested in a whole session"},
	{"bridge", "rules", true, "tests use the generated declarations"},
	{"bridge/ovsdb", "internal/ovsdbtest", true, "tests against real servers"},
	{"engine", "relations", false, "relations hold values"},
	{"relations", "engine", true, "the generated declarations pass the checker"},
}

// area returns the area of a package's folder, or "" for a folder outside of all.
func area(folder string) string {
	for _, a := range areas {
		if folder == a || strings.HasPrefix(folder, a+"/") {
			return a
		}
	}
	return ""
}

// edgeTable is the table of edges as DESIGN.md shows it.
func edgeTable(edges []edge) string {
	var b strings.Builder
	b.WriteString("| folder | may import | because |\n|---|---|---|\n")
	for _, e := range edges {
		who := e.from + "/"
		if e.tests {
			who += " (tests)"
		}
		fmt.Fprintf(&b, "| %s | %s/ | %s |\n", who, e.to, e.reason)
	}
	return b.String()
}
