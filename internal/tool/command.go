package tool

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// The exit codes of every subcommand.
const (
	exitOK      = 0
	exitFinding = 1 // it ran, and found something that the caller should look at
	exitUsage   = 2 // it could not run: the command line, or a file that is not there
)

// finding is an error that is about what was looked at, not about the command line.
type finding struct{ error }

// found makes a finding.
func found(format string, args ...any) error { return finding{fmt.Errorf(format, args...)} }

// errSilent is a finding that has been printed already.
var errSilent = finding{errors.New("")}

// Main runs the tool and returns its exit code: 0, 1 if it found something wrong, 2 if it could
// not run.
func Main(args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(longFlags(root, args))
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteC()
	var f finding
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &f):
		if text := f.Error(); text != "" {
			fmt.Fprintln(stderr, text)
		}
		return exitFinding
	}
	fmt.Fprintf(stderr, "%s: %s\n(%s --help shows how it is used)\n", cmd.CommandPath(), err,
		cmd.CommandPath())
	return exitUsage
}

// longFlags lets the long flags of the subcommand begin with one dash too, as those of go test do.
func longFlags(root *cobra.Command, args []string) []string {
	cmd, _, err := root.Find(args)
	if err != nil {
		return args
	}
	out := slices.Clone(args)
	for i, a := range out {
		if a == "--" {
			break
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(a, "-"), "=")
		if strings.HasPrefix(a, "-") && len(name) > 1 && cmd.Flags().Lookup(name) != nil {
			out[i] = "-" + a
		}
	}
	return out
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "woven",
		Short: "woven: the brain of OVN as rules",
		Long: `woven checks rules, evaluates them on facts from files, explains what they conclude, and
runs their tests. No subcommand but bench and sandbox needs a server.

Files are told apart by how their names end: .mg files hold rules, .facts files hold facts, .rows
files hold rows of the databases (woven eval --help describes the last two). Without a .mg file
the rules are those of --daemon, embedded in woven or in the folder --rules.

Exit codes: 0 all is well, 1 something was found, 2 the command could not run.`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(checkCommand(), evalCommand(), queryCommand(), whyCommand(), testCommand(),
		benchCommand(), runCommand(), traceCommand(), sandboxCommand(), docCommand(), schemaCommand())
	return root
}

// version is the module's version as the Go linker noted it, with the revision if it knew one.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	out := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && !strings.Contains(out, s.Value[:min(12, len(s.Value))]) {
			out += " " + s.Value
		}
	}
	return out
}

// format is the value of -o.
type format struct {
	value string
	known []string
}

// formatFlag adds -o to a command; the first of the known formats is the default.
func formatFlag(cmd *cobra.Command, known ...string) *format {
	f := &format{value: known[0], known: known}
	cmd.Flags().VarP(f, "output", "o", "how to print: "+strings.Join(known, " or "))
	return f
}

func (f *format) String() string { return f.value }
func (f *format) Type() string   { return "format" }
func (f *format) Set(text string) error {
	for _, k := range f.known {
		if k == text {
			f.value = text
			return nil
		}
	}
	return fmt.Errorf("it is one of %s", strings.Join(f.known, ", "))
}

// printJSON prints one value for programs.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// printJSONLines prints a list, one value a line.
func printJSONLines[T any](w io.Writer, list []T) error {
	e := json.NewEncoder(w)
	for _, v := range list {
		if err := e.Encode(v); err != nil {
			return err
		}
	}
	return nil
}
