package tidy_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/tidy"
)

var update = flag.Bool("update", false, "write the table of imports into DESIGN.md")

// root is the repository's folder, seen from this package's.
const root = "../.."

// The repository keeps its own rules of style.
func TestRepository(t *testing.T) {
	if *update {
		name := filepath.Join(root, "DESIGN.md")
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		current, err := tidy.UpdateTable(string(text))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(name, []byte(current), 0o644))
	}
	r, err := tidy.Load(os.DirFS(root))
	require.NoError(t, err)
	for _, f := range tidy.Check(r) {
		t.Error(f)
	}
}
