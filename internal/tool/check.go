package tool

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"woven/engine/check"
)

func checkCommand() *cobra.Command {
	var src source
	var plans bool
	cmd := &cobra.Command{
		Use:   "check [FILE.mg | FOLDER]...",
		Short: "check rules: spelling, types, safety, strata",
		Long: `check reads all files as one program and prints every finding with its place, the clause and a
hint. Warnings alone leave the exit code at 0.`,
		Example: `  woven check
  woven check --rules ./rules
  woven check --plans paths.mg
  woven check -o json paths.mg | jq '.diagnostics[].code'`,
		Args: cobra.ArbitraryArgs,
	}
	src.flags(cmd)
	cmd.Flags().BoolVar(&plans, "plans", false,
		"print how the engine follows changes, rule by rule; sweeps and cross products are marked")
	out := formatFlag(cmd, "text", "json")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		paths, err := expand(args)
		if err != nil {
			return err
		}
		p, err := src.read(paths)
		if err != nil {
			return err
		}
		if len(p.facts) > 0 {
			return fmt.Errorf("%s holds facts; check reads rules", p.facts[0])
		}
		return report(cmd.OutOrStdout(), p, out.value, plans)
	}
	return cmd
}

// checkReport is what check -o json prints.
type checkReport struct {
	Errors      int              `json:"errors"`
	Warnings    int              `json:"warnings"`
	Diagnostics []diagnosticJSON `json:"diagnostics"`
	Rules       []rulePlansJSON  `json:"rules,omitempty"` // with --plans
}

type diagnosticJSON struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Clause   string `json:"clause,omitempty"`
	Hint     string `json:"hint,omitempty"`
}

// report prints what was found, and the plans if they are wanted and the program has a meaning.
func report(w io.Writer, p *program, format string, plans bool) error {
	r := checkReport{Diagnostics: []diagnosticJSON{}}
	for _, d := range p.diagnostics {
		if d.Severity == check.Error {
			r.Errors++
		} else {
			r.Warnings++
		}
		r.Diagnostics = append(r.Diagnostics, diagnosticJSON{File: d.Pos.File, Line: d.Pos.Line,
			Column: d.Pos.Col, Severity: d.Severity.String(), Code: d.Code, Message: d.Message,
			Clause: d.Clause, Hint: d.Hint})
		if format == "text" {
			fmt.Fprintln(w, d)
		}
	}
	if plans && p.checked != nil {
		rules, err := rulePlans(p.checked)
		if err != nil {
			return err
		}
		r.Rules = rules
		if format == "text" {
			printPlans(w, rules)
		}
	}
	if format == "json" {
		if err := printJSON(w, r); err != nil {
			return err
		}
	} else if r.Errors+r.Warnings > 0 {
		fmt.Fprintf(w, "%s, %s\n", count(r.Errors, "error"), count(r.Warnings, "warning"))
	}
	if r.Errors > 0 {
		return errSilent
	}
	return nil
}

// count spells a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
