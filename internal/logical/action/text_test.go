package action

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the results in testdata; read the diff afterwards")

// exampleWorld is what the results in testdata are for.
func exampleWorld() *world {
	return &world{
		ports:  map[string]string{"lsp1": "1", "lsp2": "2", "lsp11": "11", "_MC_flood": "32768"},
		meters: map[string]string{"m1": "3", "ctl": "4"},
		dhcpv4: map[string]string{"offerip": "0 ipv4", "netmask": "1 ipv4", "router": "3 ipv4",
			"dns_server": "6 ipv4", "mtu": "26 uint16", "lease_time": "51 uint32",
			"ip_forward_enable": "19 bool", "default_ttl": "23 uint8", "domain_name": "15 str",
			"bootfile_name": "67 str", "bootfile_name_alt": "254 str", "next_server": "253 ipv4",
			"classless_static_route": "121 static_routes", "tftp_server": "66 host_id",
			"domain_search_list": "119 domains", "wpad": "252 str"},
		dhcpv6: map[string]string{"ia_addr": "5 ipv6", "server_id": "2 mac", "dns_server": "23 ipv6",
			"domain_search": "24 str", "dhcpv6_stateless": "0 str"},
		capabilities: map[string]string{"ct_zero_snat": "true", "max_hash_alg": "1"},
		tunnels:      map[string]string{"lsp1": "21", "lsp11": "22"},
		collectors:   []string{"7"}, datapathKey: "5", cookie: "305419896",
	}
}

// TestText compiles every case of testdata.
func TestText(t *testing.T) {
	for _, file := range caseFiles(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			cases, parts := readCases(t, file)
			var text strings.Builder
			for i, c := range cases {
				results := c.compile(t)
				text.WriteString(strings.Join(append(parts[i], results...), "\n") + "\n")
				if !*update {
					require.Equal(t, strings.Join(c.results, "\n"), strings.Join(results, "\n"), c.line)
				}
			}
			if *update {
				text.WriteString(strings.Join(parts[len(cases)], "\n"))
				require.NoError(t, os.WriteFile(file, []byte(text.String()), 0o666))
			}
		})
	}
}

// compile writes down what becomes of a case: its error; or its prerequisite, needs, actions and
// groups, for those stages where they are not as for the first.
func (c *testCase) compile(t *testing.T) (lines []string) {
	t.Helper()
	add := func(what, value string) { lines = append(lines, "\t"+what+": "+value) }
	p, err := Parse(c.text)
	if err == nil {
		err = p.Check()
	}
	if err != nil {
		add("error", err.Error())
		return lines
	}
	if p.Prerequisite() != "" {
		add("if", p.Prerequisite())
	}
	needs, err := p.Needs()
	require.NoError(t, err)
	for _, n := range needs {
		add("needs", fmt.Sprintf("%s %q", n.Kind, n.Name))
	}
	first := ""
	for _, stage := range stages {
		w := exampleWorld()
		w.controllerMeter, w.snatZone = w.meters[c.controllerMeter], c.snatZone
		w.rateLimits = map[string]string{}
		for _, n := range needs {
			if n.Kind == "rate_limit" {
				w.rateLimits[n.Name] = "6"
			}
		}
		_, groups, err := w.compile(t, c.text, stage.Place)
		if err != nil {
			add(stage.name, "error: "+err.Error())
			continue
		}
		w.groups = map[string]string{}
		for i, g := range groups {
			w.groups[g] = strconv.Itoa(i + 1)
		}
		text, groups, err := w.compile(t, c.text, stage.Place)
		require.NoError(t, err)
		all := append([]string{stage.name + ": " + text}, groups...)
		if seen := strings.Join(append([]string{text}, groups...), "\n"); seen != first {
			add(stage.name, strings.Join(all, "\n\tgroup: ")[len(stage.name)+2:])
			if first == "" {
				first = seen
			}
		}
	}
	return lines
}

// Every action that the table has is in a case.
func TestEveryActionHasACase(t *testing.T) {
	var all strings.Builder
	for _, file := range caseFiles(t) {
		if name := filepath.Base(file); name == "refused.txt" || name == "stricter.txt" {
			continue
		}
		cases, _ := readCases(t, file)
		for _, c := range cases {
			all.WriteString(" " + c.text)
		}
	}
	for _, r := range rows {
		if r.uses == resulting {
			require.Contains(t, all.String(), "= "+r.name+"(")
		} else {
			require.Regexp(t, ` `+r.name+`[;( ]`, all.String())
		}
	}
}
