package tidy

import (
	"fmt"
	"slices"
	"strings"
)

// library is a module of others that go.mod may require.
type library struct {
	path    string
	folders []string // whose packages may import it; tests may everywhere if tests is set
	tests   bool
	tool    bool // a program that the tool chain runs, not a package that is imported
	reason  string
}

// libraries are all modules that are required directly. Indirect ones follow from them.
var libraries = []library{
	{path: "codeberg.org/TauCeti/mangle-go", folders: []string{"engine/syntax"},
		reason: "Mangle's grammar and its generated parser"},
	{path: "github.com/antlr4-go/antlr/v4", folders: []string{"engine/syntax"},
		reason: "the run time that Mangle's generated parser is made for"},
	{path: "github.com/alecthomas/participle/v2", folders: []string{"internal/logical"},
		reason: "the grammar of matches and actions of logical flows"},
	{path: "github.com/digitalocean/go-openvswitch", folders: []string{"internal/testbed"},
		reason: "ports and traces of the test bed"},
	{path: "github.com/gopacket/gopacket", folders: []string{"internal/testbed"}, tests: true,
		reason: "frames of tests, and of machines without a kernel"},
	{path: "golang.org/x/sys", folders: []string{"internal/testbed"},
		reason: "network namespaces and packet sockets"},
	{path: "github.com/hashicorp/go-memdb", folders: []string{"relations/published"},
		reason: "snapshots of published relations for readers"},
	{path: "github.com/ovn-kubernetes/libovsdb", folders: []string{"bridge", "relations/ovsschema"},
		reason: "types of OVSDB's schemas and operations"},
	{path: "github.com/spf13/cobra", folders: []string{"internal/tool"},
		reason: "the tool's subcommands, help and completion"},
	{path: "github.com/spf13/pflag", folders: []string{"internal"}, tests: true,
		reason: "OVS-style long options, which cobra's own flags are made of too"},
	{path: "github.com/stretchr/testify", folders: []string{"internal/logical/oracle"}, tests: true,
		reason: "assertions"},
	{path: "pgregory.net/rapid", folders: []string{"engine/enginetest"}, tests: true,
		reason: "properties: random cases that shrink"},
	{path: "github.com/rogpeppe/go-internal", tests: true, reason: "scripts of commands as tests"},
	{path: "honnef.co/go/tools", tool: true, reason: "staticcheck, which make check runs"},
}

// checkModules compares go.mod and every import of another module with the libraries.
func checkModules(r *Repository) []Finding { return checkLibraries(r, libraries) }

func checkLibraries(r *Repository, libraries []library) []Finding {
	f := r.file("go.mod")
	if f == nil {
		return []Finding{{"go.mod", 0, "is missing"}}
	}
	required := requirements(f)
	imported := map[string]bool{}
	var found []Finding
	for _, g := range r.GoFiles {
		for _, spec := range g.Syntax.Imports {
			i := libraryOf(importPath(spec.Path.Value), libraries)
			if i < 0 {
				continue // the standard library, our own, or reported with go.mod
			}
			l := libraries[i]
			imported[l.path] = true
			if !l.allows(g) {
				found = append(found, Finding{g.Path, r.line(spec.Pos()), fmt.Sprintf(
					"%s is not imported here: internal/tidy/library.go says where it is", l.path)})
			}
		}
	}
	for path, line := range required {
		i := slices.IndexFunc(libraries, func(l library) bool { return l.path == path })
		switch {
		case i < 0:
			found = append(found, Finding{f.Path, line,
				path + " is not in internal/tidy/library.go: a module needs a reason"})
		case !imported[path] && !libraries[i].tool:
			found = append(found, Finding{f.Path, line, path + " is imported by nothing: go mod tidy"})
		}
	}
	for _, l := range libraries {
		if required[l.path] == 0 {
			found = append(found, Finding{"internal/tidy/library.go", 0,
				l.path + " is not required by go.mod: remove the row"})
		}
	}
	return found
}

// requirements returns the modules that go.mod requires directly or runs as tools, with their
// lines.
func requirements(f *File) map[string]int {
	required, tools := map[string]int{}, []string{}
	block := "" // the word before an open parenthesis
	for i, line := range f.Lines {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
			continue
		case words[0] == ")":
			block = ""
			continue
		case block != "":
			words = append([]string{block}, words...)
		case len(words) > 1 && words[1] == "(":
			block = words[0]
			continue
		}
		switch {
		case words[0] == "tool":
			tools = append(tools, words[1])
		case words[0] == "require":
			required[words[1]] = i + 1
			if strings.Contains(line, "// indirect") {
				required[words[1]] = -(i + 1)
			}
		}
	}
	for path, line := range required {
		if line > 0 {
			continue
		}
		delete(required, path)
		if slices.ContainsFunc(tools, func(t string) bool { return below(t, path) }) {
			required[path] = -line
		}
	}
	return required
}

func (l library) allows(f *GoFile) bool {
	return l.tests && testOnly(f) ||
		slices.ContainsFunc(l.folders, func(folder string) bool { return below(f.Folder, folder) })
}

// libraryOf returns the index of the library that holds a package, or -1.
func libraryOf(pkg string, libraries []library) int {
	return slices.IndexFunc(libraries, func(l library) bool { return below(pkg, l.path) })
}

// below reports whether a path is a folder or inside of it.
func below(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}
