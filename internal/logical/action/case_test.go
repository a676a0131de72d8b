package action

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
)

// A case is a text of actions at the beginning of a line. Lines before it that begin with "when"
// say in which circumstances it is compiled; indented lines after it say what becomes of it. Empty
// lines and those that begin with # mean nothing.
type testCase struct {
	situation
	line string // file and number
	text string
	// results are the indented lines.
	results []string
}

// situation is what the lines before a case say.
type situation struct {
	match           string // of the flow
	controllerMeter string
	snatZone        bool
}

// stages are the places at which every case is compiled.
var stages = []struct {
	name string
	Place
}{
	{"switch ingress", Place{Table: 3}},
	{"switch egress", Place{Table: 3, Egress: true}},
	{"router ingress", Place{Table: 3, Router: true}},
}

// readCases reads the cases of a file, whose parts are all its lines but the results.
func readCases(t testing.TB, file string) (cases []testCase, parts [][]string) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var c situation
	var part []string
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if n := len(cases); strings.HasPrefix(line, "\t") && n > 0 {
			cases[n-1].results = append(cases[n-1].results, line)
			continue
		}
		part = append(part, line)
		what, value, _ := strings.Cut(strings.TrimPrefix(line, "when "), " ")
		switch {
		case line == "" || line[0] == '#':
		case !strings.HasPrefix(line, "when "):
			cases = append(cases, testCase{c, fmt.Sprintf("%s:%d", file, i+1), unescaped(line), nil})
			parts, part, c = append(parts, part), nil, situation{}
		case what == "match":
			c.match = value
		case what == "controller_meter":
			c.controllerMeter = value
		case what == "snat_ct_zone":
			c.snatZone = true
		default:
			require.Fail(t, "unknown circumstance", "%s:%d", file, i+1)
		}
	}
	return cases, append(parts, part)
}

// unescaped has line breaks in a case where a backslash and an n are written.
func unescaped(line string) string { return strings.ReplaceAll(line, `\n`, "\n") }

// caseFiles are the files with cases.
func caseFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

// world is what flows can know.
type world struct {
	ports               map[string]string // key by name
	dhcpv4, dhcpv6      map[string]string // code and type by name
	meters              map[string]string // id by name
	capabilities        map[string]string
	collectors          []string
	tunnels             map[string]string // OpenFlow port by the name of a port
	datapathKey, cookie string
	controllerMeter     string
	groups, rateLimits  map[string]string // id by text
	snatZone            bool              // whether the router has a zone for SNAT that its operator chose
}

// values tell of the world what actions need.
func (w *world) values(t *testing.T, p *Program) *Values {
	t.Helper()
	needs, err := p.Needs()
	require.NoError(t, err)
	var list []string
	add := func(n Need, value string, known bool) {
		if known {
			list = append(list, fmt.Sprintf("%s %q %s", n.Kind, n.Name, value))
		}
	}
	for _, n := range needs {
		tables := map[string]map[string]string{"port": w.ports, "dhcp_option": w.dhcpv4,
			"dhcpv6_option": w.dhcpv6, "meter": w.meters, "capability": w.capabilities,
			"tunnel_port": w.tunnels, "rate_limit": w.rateLimits}
		switch n.Kind {
		case "datapath_key":
			add(n, w.datapathKey, true)
		case "cookie":
			add(n, w.cookie, true)
		case "controller_meter":
			add(n, w.controllerMeter, w.controllerMeter != "")
		case "snat_ct_zone":
			add(n, "1", w.snatZone)
		case "collector_set":
			for _, id := range w.collectors {
				add(n, "1", id == n.Name)
			}
		default:
			table, known := tables[n.Kind]
			require.True(t, known, n.Kind)
			value, known := table[n.Name]
			add(n, value, known)
		}
	}
	for text, id := range w.groups {
		add(Need{"group", text}, id, true)
	}
	return NewValues(list...)
}

// compile compiles a case in the world. Groups that the world has no id for get one.
func (w *world) compile(t *testing.T, text string, at Place) (string, []string, error) {
	t.Helper()
	p, err := Parse(text)
	if err != nil {
		return "", nil, err
	}
	if err := p.Check(); err != nil {
		return "", nil, err
	}
	c, err := p.Compile(at, w.values(t, p))
	if err != nil {
		return "", nil, err
	}
	return openflow.PrintActions(c.Actions), c.Groups, nil
}
