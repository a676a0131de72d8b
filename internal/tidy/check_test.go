package tidy

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// planted is a source tree with faults, and what one check says of it.
type planted struct {
	name  string
	check func(*Repository) []Finding
	files map[string]string
	want  []string
}

func (p planted) run(t *testing.T) {
	t.Helper()
	tree := fstest.MapFS{}
	for name, text := range p.files {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	r, err := Load(tree)
	require.NoError(t, err)
	var got []string
	for _, f := range order(p.check(r)) {
		got = append(got, f.String())
	}
	require.Equal(t, p.want, got)
}

func lines(n int) string {
	text := ""
	for range n {
		text += "\n"
	}
	return text
}

// An import that no row allows is found, and so is a row that no import needs.
func TestEdges(t *testing.T) {
	rows := []edge{
		{"engine", "relations", false, "values"},
		{"relations", "engine", true, "in tests"},
		{"cmd", "internal", false, "mains"},
	}
	planted{
		check: func(r *Repository) []Finding { return checkEdges(r, rows) },
		files: map[string]string{
			"engine/a.go":         "package engine\nimport \"woven/relations\"\nimport \"woven/bridge/ovsdb\"",
			"engine/check/b.go":   "package check\nimport \"woven/engine\"",
			"relations/c.go":      "package relations\nimport \"woven/engine\"",
			"relations/c_test.go": "package relations\nimport \"woven/engine\"",
			"elsewhere/d.go":      "package elsewhere",
		},
		want: []string{
			"elsewhere/d.go: the folder has no row in internal/tidy/edge.go: say what it may import",
			"engine/a.go:3: engine/ does not import bridge/ovsdb/ (bridge/ovsdb): see the table in DESIGN.md",
			"internal/tidy/edge.go: nothing in cmd/ imports internal/ any more: remove the row",
			"relations/c.go:2: relations/ does not import engine/ (engine): see the table in DESIGN.md",
		},
	}.run(t)
}

// DESIGN.md shows the table of edges, and the update writes it.
func TestTable(t *testing.T) {
	rows := []edge{{"engine", "relations", false, "values"}, {"docs", "engine", true, "examples"}}
	check := func(r *Repository) []Finding { return checkTable(r, rows) }
	table := "| folder | may import | because |\n|---|---|---|\n" +
		"| engine/ | relations/ | values |\n| docs/ (tests) | engine/ | examples |\n"
	for _, p := range []planted{
		{check: check, want: []string{"DESIGN.md: is missing: it shows which folder may import which"}},
		{check: check, files: map[string]string{"DESIGN.md": "# Design\n"},
			want: []string{"DESIGN.md: has no line <!-- imports -->, behind which the table stands"}},
		{check: check, files: map[string]string{"DESIGN.md": tableBegin + table},
			want: []string{"DESIGN.md: has no line <!-- /imports --> behind the table"}},
		{check: check, files: map[string]string{"DESIGN.md": "#\n" + tableBegin + "| old |\n" + tableEnd},
			want: []string{"DESIGN.md:2: the table is not that of internal/tidy/edge.go; " + tableUpdate}},
		{check: check, files: map[string]string{"DESIGN.md": "#\n" + tableBegin + table + tableEnd}},
	} {
		p.run(t)
	}
	text, err := UpdateTable("before\n" + tableBegin + "old\n" + tableEnd + "after\n")
	require.NoError(t, err)
	require.Equal(t, "before\n"+tableBegin+edgeTable(edges)+tableEnd+"after\n", text)
	_, err = UpdateTable("before\n")
	require.ErrorContains(t, err, "DESIGN.md has no line <!-- imports -->")
}

// Modules need a row with a reason, are imported where the row says, and are imported at all.
func TestLibraries(t *testing.T) {
	rows := []library{
		{path: "example.org/cli", folders: []string{"internal/tool"}},
		{path: "example.org/assert", tests: true},
		{path: "example.org/lint", tool: true},
		{path: "example.org/idle"},
		{path: "example.org/gone"},
	}
	planted{
		check: func(r *Repository) []Finding { return checkLibraries(r, rows) },
		files: map[string]string{
			"go.mod": "module woven\n\nrequire example.org/cli v1.0.0\n\nrequire (\n" +
				"\texample.org/assert v1.2.0\n\texample.org/idle v1.0.0\n\texample.org/new/v2 v2.0.0\n" +
				"\texample.org/lint v0.1.0 // indirect\n\texample.org/deep v0.1.0 // indirect\n)\n\n" +
				"tool example.org/lint/cmd/lint\n",
			"internal/tool/a.go":      "package tool\nimport \"example.org/cli/flags\"",
			"internal/tool/a_test.go": "package tool\nimport \"example.org/assert\"",
			"engine/b.go":             "package engine\nimport \"example.org/cli\"\nimport \"example.org/assert\"",
		},
		want: []string{
			"engine/b.go:2: example.org/cli is not imported here: internal/tidy/library.go says where it is",
			"engine/b.go:3: example.org/assert is not imported here: internal/tidy/library.go says where it is",
			"go.mod:7: example.org/idle is imported by nothing: go mod tidy",
			"go.mod:8: example.org/new/v2 is not in internal/tidy/library.go: a module needs a reason",
			"internal/tidy/library.go: example.org/gone is not required by go.mod: remove the row",
		},
	}.run(t)
}

// What is too long or undocumented is found.
func TestForm(t *testing.T) {
	for _, p := range []planted{
		{name: "lengths", check: checkLengths, files: map[string]string{
			"a.go":              "package a" + lines(301),
			"a_test.go":         "package a" + lines(599),
			"b.go":              "package a\nfunc long() {" + lines(70) + "}\nfunc short() {" + lines(69) + "}\n",
			"rules/n/x.mg":      "# x" + lines(301),
			"rules/schema/n.t":  lines(1000),
			"rules/schema/n.mg": "# n" + lines(1000),
		}, want: []string{
			"a.go:301: the file has 301 lines, more than 300: which two ideas does it hold?",
			"b.go:2: long has 71 lines, more than 70",
			"rules/n/x.mg:301: the file has 301 lines, more than 300: which two ideas does it hold?",
		}},
		{name: "documentation", check: checkDocumentation, files: map[string]string{
			"a/doc.go": "// Package a is documented.\npackage a",
			"a/a.go": "package a\n\n// Good is good.\nfunc Good() {}\nfunc Bad() {}\n" +
				"// This does something.\nfunc Wrong() {}\ntype hidden int\nfunc (h *hidden) String() {}\n" +
				"// A Kind is one.\ntype Kind int\nfunc (k Kind) String() {}\n" +
				"// The kinds.\nconst (\n\tOne = 1\n\tTwo = 2\n)\n" +
				"const Three = 3\nvar (\n\tFour = 4 // is four\n\tFive = 5\n)\n",
			"a/a_test.go": "package a\nfunc TestIt() {}\n",
			"b/b.go":      "package b\n",
			"c/main.go":   "// Command c runs.\npackage main\n",
			"d/d_test.go": "// Package d has tests only.\npackage d\n",
		}, want: []string{
			"a/a.go:5: Bad is exported and has no comment that begins with its name",
			"a/a.go:7: Wrong is exported and has no comment that begins with its name",
			"a/a.go:12: String is exported and has no comment that begins with its name",
			"a/a.go:18: Three is exported and has no comment that begins with its name",
			"a/a.go:21: Five is exported and has no comment that begins with its name",
			"b/b.go:1: the package b has no comment: begin a doc.go with what belongs in it and what does not",
		}},
	} {
		t.Run(p.name, p.run)
	}
}

// What the sources and documents should not say is found.
func TestContents(t *testing.T) {
	for _, p := range []planted{
		{name: "words", check: checkWords, files: map[string]string{
			"a.md":      "fine\nTODO: more\nsee ../shared/design.md\ntestdata/shared/a.mg is fine\n",
			"a_test.go": "package a\nfunc f() { t.Skip(\"no\") }\n// from /work/main\n",
			"b.txt":     "t.Skip( is not Go here; a helper process, a reworked/work/path\nhelper-7 said so\n",
		}, want: []string{
			`a.md:2: "TODO" is either done now, or an issue; the sources say what is`,
			`a.md:3: "../shared/" is a path of one machine; the repository speaks of woven alone`,
			`a_test.go:2: "t.Skip(" skips a test: what it needs is installed by make test, and its lack is a failure`,
			`a_test.go:3: " /work/" is a path of one machine; the repository speaks of woven alone`,
			`b.txt:2: "helper-7" is about how the project is made; the repository speaks of woven alone`,
		}},
		{name: "waits", check: checkWaits, files: map[string]string{
			"a/a.go":      "package a\nfunc f() { time.Sleep(1) }\n",
			"a/a_test.go": "package a\nfunc f() {\n\ttime.Sleep(1)\n\t// The probe needs this long.\n\ttime.Sleep(2)\n}\n",
			"xtest/b.go":  "package xtest\nfunc f() {\n\ttime.Sleep(1)\n}\n",
		}, want: []string{
			"a/a_test.go:3: a test sleeps: wait for a condition, or say in the line above why time is meant",
			"xtest/b.go:3: a test sleeps: wait for a condition, or say in the line above why time is meant",
		}},
		{name: "names", check: checkNames, files: map[string]string{
			"util/a.go": "package util", "b/test_helpers.go": "package b", "b/commonplace.go": "package b",
		}, want: []string{
			`b/test_helpers.go: "test_helpers.go" says nothing: name it after the idea that it holds`,
			`util/a.go: "util" says nothing: name it after the idea that it holds`,
		}},
		{name: "rules", check: checkRules, files: map[string]string{
			"rules/schema/nb.mg":          "# Tables.\nDecl nb.T(Row) descr [extensional(), doc(\"A row.\")] bound [/uuid].\n",
			"rules/northd/README.md":      "[a](a.md) [b](sub/b.mg)\n",
			"rules/northd/a.mg":           "# A.\nprivate(X) :- nb.T(X).\n",
			"golden/northd/a.test":        "",
			"rules/northd/sub/b.mg":       "Decl out(X) descr [output(), doc(\"Out.\")] bound [/uuid].\nout(X) :- private(X), nb.U(X).\n",
			"golden/northd/sub/gone.test": "",
		}, want: []string{
			"golden/northd/sub/gone.test: has no rule file rules/northd/sub/gone.mg",
			"rules/northd/a.mg: has no line in rules/northd/README.md",
			"rules/northd/sub/b.mg: has no golden cases: begin golden/northd/sub/b.test",
			"rules/northd/sub/b.mg:1: the file does not begin with a comment that says what it is",
			"rules/northd/sub/b.mg:2: private belongs to rules/northd/a.mg and has no Decl [undeclared]; " +
				"declare it in rules/northd/a.mg with a doc that says what a fact means",
			"rules/northd/sub/b.mg:2: there is no relation nb.U [unknown-relation]; did you mean nb.T?",
		}},
		{name: "links", check: checkLinks, files: map[string]string{
			"a.md":      "[b](docs/b.md#part) [c](docs/c.md)\n[d](https://example.org/x) [e](#here) [f](docs)\n",
			"docs/b.md": "[a](../a.md)\n[b](a.md)\n",
		}, want: []string{
			"a.md:1: there is no docs/c.md to link to",
			"docs/b.md:2: there is no docs/a.md to link to",
		}},
	} {
		t.Run(p.name, p.run)
	}
}

// An exception takes its findings away; one that takes nothing away is a finding.
func TestExceptions(t *testing.T) {
	found := []Finding{{"a.go", 3, "Run has 80 lines"}, {"a.go", 9, "the file has 400 lines"}}
	rows := []exception{{"a.go", "Run has", "a table"}, {"b.go", "lines", "was long once"}}
	require.Equal(t, []Finding{
		{"a.go", 9, "the file has 400 lines"},
		{"internal/tidy/exception.go", 0, "the exception for b.go (lines) allows nothing: remove it"},
	}, except(found, rows))
}
