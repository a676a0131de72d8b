package tool

import (
	"fmt"
	"io"
	"os"
	"regexp"

	"github.com/spf13/cobra"

	"woven/golden"
	"woven/rules"
)

func testCommand() *cobra.Command {
	var src source
	var run string
	var update, cover bool
	cmd := &cobra.Command{
		Use:   "test [FOLDER]",
		Short: "run the golden cases of rules",
		Long: `test runs the cases in the .test files of FOLDER, which holds a folder for each daemon, mirroring
its rules; without FOLDER it is ./golden. Exit code 1 says that a case failed. Flags may be written
with one dash, as go test has them.`,
		Example: `  woven test
  woven test -run 'acl.test: .*stateful'
  woven test -update && git diff golden
  woven test --rules ./rules -cover`,
		Args: cobra.MaximumNArgs(1),
	}
	src.flags(cmd)
	cmd.Flags().StringVar(&run, "run", "", `regular expression; runs the cases whose "file: title" matches`)
	cmd.Flags().BoolVar(&update, "update", false, "write what came out into the files that differ")
	cmd.Flags().BoolVar(&cover, "cover", false, "list the rules that no case has made fire")
	out := formatFlag(cmd, "text", "json")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s := golden.Suite{Folder: "golden", Daemon: src.daemon, Update: update}
		if len(args) == 1 {
			s.Folder = args[0]
		}
		if _, err := os.Stat(s.Folder); err != nil {
			return fmt.Errorf("%w; name the folder that holds the cases", err)
		}
		var err error
		if s.Match, err = regexp.Compile(run); err != nil {
			return fmt.Errorf("--run: %w", err)
		}
		files, err := rules.Load(src.rules, src.daemon)
		if err != nil {
			return err
		}
		if s.Program, err = golden.NewProgram(files); err != nil {
			return finding{err}
		}
		r, err := runSuite(&s, cover)
		if err != nil {
			return err
		}
		if out.value == "json" {
			err = printJSON(cmd.OutOrStdout(), r)
		} else {
			r.print(cmd.OutOrStdout(), cover)
		}
		if err == nil && len(r.Failures) > 0 {
			err = errSilent
		}
		return err
	}
	return cmd
}

// suiteReport is what a run of golden cases found.
type suiteReport struct {
	Files     int           `json:"files"`
	Cases     int           `json:"cases"`
	Failures  []failureJSON `json:"failures"`
	Updated   []string      `json:"updated"`
	Uncovered []string      `json:"uncovered,omitempty"` // with --cover
}

type failureJSON struct {
	Path string `json:"path"`
	Line int    `json:"line"`
	Case string `json:"case"`
	Way  string `json:"way"`
	Text string `json:"text"`
}

// runSuite runs the cases. After an update they are run again, because not every failure is one
// that other expectations cure.
func runSuite(s *golden.Suite, cover bool) (suiteReport, error) {
	r := suiteReport{Failures: []failureJSON{}, Updated: []string{}}
	sum, err := s.Run()
	if err == nil && len(sum.Updated) > 0 {
		r.Updated = sum.Updated
		s.Update = false
		sum, err = s.Run()
	}
	if err != nil {
		return r, finding{err}
	}
	r.Files, r.Cases = sum.Files, sum.Cases
	for _, f := range sum.Failures {
		r.Failures = append(r.Failures, failureJSON{f.Path, f.Line, f.Case, f.Way, f.Text})
	}
	if cover {
		r.Uncovered = s.Program.Uncovered()
	}
	return r, nil
}

func (r suiteReport) print(w io.Writer, cover bool) {
	for _, f := range r.Updated {
		fmt.Fprintf(w, "updated %s\n", f)
	}
	for _, f := range r.Failures {
		fmt.Fprintf(w, "%s:%d: %s (%s)\n%s\n", f.Path, f.Line, f.Case, f.Way, f.Text)
	}
	if cover {
		for _, rule := range r.Uncovered {
			fmt.Fprintf(w, "never fired: %s\n", rule)
		}
		fmt.Fprintf(w, "%s never fired\n", count(len(r.Uncovered), "rule"))
	}
	fmt.Fprintf(w, "%s in %s, %s\n", count(r.Cases, "case"), count(r.Files, "file"),
		count(len(r.Failures), "failure"))
}
