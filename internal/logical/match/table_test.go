package match

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/logical/oracle"
)

var update = flag.Bool("update", false, "write what the reference makes of the matches in testdata")

// known is the world that the reference lives in, without the reference.
var known = &world{datapath: 1, bound: oracle.Ports, keys: map[string]int{"none": 0, "lsp1": 1,
	"lsp2": 2, "lsp3": 3, "lsp4": 4, "_MC_flood": 0x8000}}

// table is a file of matches, each followed by the lines that describe its flows, indented by a tab.
type table struct {
	name  string
	lines []string // of matches and comments, in order
	flows map[string][]string
}

func readTables(t *testing.T) (all []*table) {
	files, err := filepath.Glob("testdata/matches/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		tb := &table{name: file, flows: map[string][]string{}}
		match := ""
		for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			switch {
			case strings.HasPrefix(line, "\t\t"):
				last := len(tb.flows[match]) - 1
				joint := " & "
				if !strings.Contains(tb.flows[match][last], " if ") {
					joint = " if "
				}
				tb.flows[match][last] += joint + strings.TrimSpace(line)
			case strings.HasPrefix(line, "\t"):
				tb.flows[match] = append(tb.flows[match], strings.TrimSpace(line))
			default:
				match = line
				require.NotContains(t, tb.lines, line, file)
				tb.lines = append(tb.lines, line)
			}
		}
		all = append(all, tb)
	}
	return all
}

// matches are the lines that are no comments.
func (tb *table) matches() (all []string) {
	for _, line := range tb.lines {
		if line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, line)
		}
	}
	return all
}

func (tb *table) write(t *testing.T) {
	var b strings.Builder
	for _, line := range tb.lines {
		b.WriteString(line + "\n")
		for _, f := range tb.flows[line] {
			f = strings.ReplaceAll(strings.ReplaceAll(f, " if ", "\n\t\t"), " & ", "\n\t\t")
			b.WriteString("\t" + f + "\n")
		}
	}
	require.NoError(t, os.WriteFile(tb.name, []byte(b.String()), 0o600))
}

// TestTables compares what we make of the matches in testdata with what stands there.
func TestTables(t *testing.T) {
	for _, tb := range readTables(t) {
		for _, match := range tb.matches() {
			for _, symbolic := range []bool{false, true} {
				got, err := known.ours(match, "", symbolic)
				require.NoError(t, err, match)
				require.Equal(t, tb.flows[match], got, match)
			}
		}
	}
}

// TestTablesAgainstTheReference makes sure that testdata says what the installed ovn-controller does.
func TestTablesAgainstTheReference(t *testing.T) {
	o, _ := startOracle(t)
	for _, tb := range readTables(t) {
		var flows []oracle.LogicalFlow
		for _, match := range tb.matches() {
			flows = append(flows, oracle.LogicalFlow{Match: match})
		}
		for i, compiled := range o.Compile(flows) {
			require.Empty(t, compiled.Error, flows[i].Match)
			if *update {
				tb.flows[flows[i].Match] = reference(compiled)
				continue
			}
			require.Equal(t, tb.flows[flows[i].Match], reference(compiled), flows[i].Match)
		}
		if *update {
			tb.write(t)
		}
	}
}
