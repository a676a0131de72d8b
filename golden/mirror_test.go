package golden_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine/syntax"
	"woven/golden"
	"woven/rules"
)

// Every rule file has its cases in the file of the same name, is listed in the table of contents,
// opens with what it is about, is short, and says why each of its rules is there.
func TestRuleFilesAreInOrder(t *testing.T) {
	for _, daemon := range daemons {
		contents, err := os.ReadFile("../rules/" + daemon + "/README.md")
		require.NoError(t, err)
		files, err := rules.Load("", daemon)
		require.NoError(t, err)
		for _, f := range files {
			if !rules.Shared(f.Path) {
				t.Run(f.Path, func(t *testing.T) { inOrder(t, f, daemon, string(contents)) })
			}
		}
	}
}

func inOrder(t *testing.T, f rules.File, daemon, contents string) {
	parsed, faults := syntax.Parse(f.Path, f.Text)
	require.Empty(t, faults)
	require.Contains(t, contents, "]("+strings.TrimPrefix(f.Path, daemon+"/")+")")
	require.NotEmpty(t, parsed.Comment, "the file does not say what it is about")
	require.LessOrEqual(t, bytes.Count(f.Text, []byte("\n")), 300)
	if len(parsed.Clauses) > 0 {
		test := strings.TrimSuffix(f.Path, ".mg") + golden.Extension
		require.FileExists(t, filepath.FromSlash(test))
	}
	explained(t, parsed)
}

// explained checks that a comment stands above each group of rules: rules with no blank line
// between them share one.
func explained(t *testing.T, f *syntax.File) {
	last := 0
	for _, c := range f.Clauses {
		together := c.Pos.Line == last+1
		if len(c.Body) > 0 && c.Comment == "" && !together && !isOutput(c.Head.Pred) {
			t.Errorf("%s: %s has no comment that says why", c.Pos, c.Head.Pred)
		}
		last = c.Pos.Line + strings.Count(c.Text, "\n")
	}
}

// isOutput reports whether a relation is a column of a database: what it should hold often needs
// no other words than the rule's own.
func isOutput(relation string) bool { return strings.HasPrefix(relation, "want.") }
