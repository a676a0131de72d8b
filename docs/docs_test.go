// Package docs holds the pages for those who use woven. Its test follows each page as a reader
// would: it writes the files that the page shows, runs the commands, and compares what they print.
package docs_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write what the commands printed into the pages that differ")

// newPlace makes a folder with the built programs, and with rules, cases and examples as in a
// clone.
func newPlace(t *testing.T) place {
	t.Helper()
	folder, err := os.MkdirTemp("", "docs") // short: paths of sockets are limited
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(folder) })
	build := exec.Command("go", "build", "-o", filepath.Join(folder, "bin")+"/", "./cmd/...")
	build.Dir = ".."
	text, err := build.CombinedOutput()
	require.NoError(t, err, string(text))
	for _, part := range []string{"rules", "golden", "examples"} {
		require.NoError(t, os.CopyFS(filepath.Join(folder, part), os.DirFS(filepath.Join("..", part))))
	}
	path := filepath.Join(folder, "bin") + ":" + os.Getenv("PATH") + ":/usr/sbin:/sbin"
	return place{folder: folder, environment: append(os.Environ(), "PATH="+path)}
}

// checkPage follows a page; with -update it writes the page anew.
func checkPage(t *testing.T, name string, p place) {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	faults, current, err := follow(name, string(text), p)
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(current), 0o644))
		return
	}
	for _, f := range faults {
		t.Error(f)
	}
}

// The language page's programs do what the page says.
func TestLanguage(t *testing.T) { checkPage(t, "language.md", newPlace(t)) }

// Whoever follows the tutorial gets to its end.
func TestFeature(t *testing.T) { checkPage(t, "feature.md", newPlace(t)) }

// So does whoever follows the one about OpenFlow.
func TestOpenFlow(t *testing.T) { checkPage(t, "openflow.md", newPlace(t)) }

// A page's blocks are found, its files written, its commands run and compared; what differs is a
// fault with its line.
func TestFollow(t *testing.T) {
	p := place{folder: t.TempDir(), environment: os.Environ()}
	page := "# A page\n```text sub/a.txt\none\ntwo\n```\nThen:\n```console\n$ cat sub/a.txt\none\n...\n" +
		"$ echo a \\\n> b\na b\n$ echo new\nold\n$ false\n```\n```sh\nexit 1\n```\nThe end.\n"
	faults, current, err := follow("page.md", page, p)
	require.NoError(t, err)
	require.Equal(t, []string{
		"page.md:14: echo new\nprinted\nnew\nthe page shows\nold",
		"page.md:16: false\nprinted\nexit status 1\nthe page shows\n",
	}, faults)
	require.Equal(t, "# A page\n```text sub/a.txt\none\ntwo\n```\nThen:\n```console\n$ cat sub/a.txt\n"+
		"one\n...\n$ echo a \\\n> b\na b\n$ echo new\nnew\n$ false\nexit status 1\n```\n```sh\nexit 1\n```\n"+
		"The end.\n", current)
}

// A command that waits for something that never comes is ended, and what it has started with it.
func TestPatience(t *testing.T) {
	p := place{folder: t.TempDir(), environment: os.Environ(), patience: 100 * time.Millisecond}
	faults, _, err := follow("page.md", "```console\n$ sleep 300 | cat\n```\n", p)
	require.NoError(t, err)
	require.Equal(t, []string{"page.md:2: sleep 300 | cat\nprinted\nsignal: terminated\nthe page shows\n"},
		faults)
}
