package sessiontest

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations/ovsschema"
)

// Schema is a database of a world: the prefix of its relations, and its schema file.
type Schema struct {
	Prefix string
	Path   string
}

// Compile checks a program together with the declarations of its databases.
func Compile(t testing.TB, text string, schemas ...Schema) *check.Program {
	t.Helper()
	var files []*syntax.File
	add := func(name string, text []byte) {
		file, errs := syntax.Parse(name, text)
		require.Empty(t, errs)
		files = append(files, file)
	}
	for _, s := range schemas {
		add("schema/"+s.Prefix+".mg", ovsschema.Declare(parse(t, s), s.Prefix))
	}
	add("program.mg", []byte(text))
	p, found := check.Check(files, function.Default(), check.Options{AllowCross: true,
		AllowFeedback: true,
		Generated:     func(path string) bool { return strings.HasPrefix(path, "schema/") }})
	var texts []string
	for _, d := range found {
		texts = append(texts, d.String())
	}
	require.NotNil(t, p, strings.Join(texts, "\n"))
	return p
}

func parse(t testing.TB, s Schema) *ovsschema.Database {
	t.Helper()
	text, err := os.ReadFile(s.Path)
	require.NoError(t, err)
	database, err := ovsschema.Parse(text)
	require.NoError(t, err)
	return database
}
