package golden_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/golden"
	"woven/rules"
)

func reader(t *testing.T) *golden.Reader {
	t.Helper()
	files, err := rules.Load("", "northd")
	require.NoError(t, err)
	var parsed []*syntax.File
	for _, f := range files {
		file, faults := syntax.Parse(f.Path, f.Text)
		require.Empty(t, faults)
		parsed = append(parsed, file)
	}
	checked, _ := check.Check(parsed, function.Default(), check.Options{Generated: rules.Shared})
	require.NotNil(t, checked)
	return golden.NewReader(checked)
}

// A reader gives each transaction of a file, and knows the rows of the files before.
func TestReader(t *testing.T) {
	r := reader(t)
	first, err := r.Read("a.rows", []byte("# a switch\nPort_Group pg {\n  name: pg }\n\n---\ndelete Port_Group pg\n"))
	require.NoError(t, err)
	require.Len(t, first, 2)
	row := r.Row("pg")
	require.Equal(t, "pg", r.Names()[row])
	require.Contains(t, first[0].Insert, golden.BaseFact{"nb.Port_Group.name", []string{row, "pg"}})
	require.Equal(t, first[0].Insert, first[1].Delete)
	_, err = r.Read("b.rows", []byte("\ndelete Port_Group pg\n"))
	require.EqualError(t, err, "b.rows:2: there is no row pg in nb.Port_Group")
	_, err = r.Read("c.rows", []byte("Port_Group {"))
	require.ErrorContains(t, err, "c.rows:1: which row of Port_Group")
}
