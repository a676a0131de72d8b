package tool

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/internal/logical"
	"woven/relations"
	"woven/rules"
)

func docCommand() *cobra.Command {
	var src source
	var all bool
	cmd := &cobra.Command{
		Use:   "doc functions|relations|rules [WORD]",
		Short: "describe what rules can call, the relations, or the rules",
		Long: `doc prints the functions, flattening predicates and reducers that rules can call; or the relations
of the program, as their declarations describe them; or its rules, as the comments above them do.
With WORD only what has it in its name. Generated declarations, one for each column of the databases,
are left out unless --all or WORD is given.`,
		Example: `  woven doc functions mac
  woven doc relations acl
  woven doc rules lflow
  woven doc functions -o markdown > functions.md`,
		Args:      cobra.RangeArgs(1, 2),
		ValidArgs: []string{"functions", "relations", "rules"},
	}
	src.flags(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "with relations: the generated declarations too")
	out := formatFlag(cmd, "text", "markdown", "json")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		word := ""
		if len(args) == 2 {
			word = args[1]
		}
		r, err := reference(&src, args[0], all || word != "")
		if err != nil {
			return err
		}
		r.keep(word)
		switch out.value {
		case "json":
			return printJSON(cmd.OutOrStdout(), r)
		case "markdown":
			r.printMarkdown(cmd.OutOrStdout())
		default:
			r.printText(cmd.OutOrStdout())
		}
		return nil
	}
	return cmd
}

// referencePage is a page of reference: sections of entries.
type referencePage struct {
	Title    string             `json:"title"`
	Sections []referenceSection `json:"sections"`
}

type referenceSection struct {
	Title   string           `json:"title"`
	Intro   string           `json:"intro,omitempty"`
	Entries []referenceEntry `json:"entries"`
}

type referenceEntry struct {
	Name  string `json:"name"`
	Spell string `json:"spelling"` // how it is called or derived, with types
	Doc   string `json:"doc"`
	Place string `json:"place,omitempty"`
}

func reference(src *source, topic string, all bool) (*referencePage, error) {
	if topic == "functions" {
		return functionReference(logical.Registry()), nil
	}
	p, err := src.usable(nil)
	if err != nil {
		return nil, err
	}
	switch topic {
	case "relations":
		return relationReference(p.checked, all), nil
	case "rules":
		return ruleReference(p.checked), nil
	}
	return nil, fmt.Errorf("%q: there are functions, relations and rules", topic)
}

func functionReference(reg *function.Registry) *referencePage {
	functions := referenceSection{Title: "Functions"}
	predicates := referenceSection{Title: "Flattening predicates", Intro: "They yield any number of rows."}
	reducers := referenceSection{Title: "Reducers", Intro: "They stand in a let behind fn:group_by."}
	for _, name := range reg.Names() {
		if f := reg.Funcs[name]; f != nil {
			spell := name + "(" + typeList(f.Params, f.Variadic) + ") = " + f.Result.String()
			functions.Entries = append(functions.Entries, referenceEntry{name, spell, f.Doc, ""})
		}
		if f := reg.Predicates[name]; f != nil {
			spell := name + "(" + columnList(append(slices.Clone(f.In), f.Out...)) + ")"
			predicates.Entries = append(predicates.Entries, referenceEntry{name, spell, f.Doc, ""})
		}
		if f := reg.Reducers[name]; f != nil {
			spell := name + "(" + typeList(f.Params, false) + ") = " + f.Result.String()
			reducers.Entries = append(reducers.Entries, referenceEntry{name, spell, f.Doc, ""})
		}
	}
	return &referencePage{"Functions of the rule language",
		[]referenceSection{functions, predicates, reducers}}
}

func typeList(types []relations.Type, variadic bool) string {
	var out []string
	for _, t := range types {
		out = append(out, t.String())
	}
	if variadic && len(out) > 0 {
		out[len(out)-1] += "..."
	}
	return strings.Join(out, ", ")
}

func columnList(columns []relations.Column) string {
	var out []string
	for _, c := range columns {
		out = append(out, c.Name+" "+c.Type.String())
	}
	return strings.Join(out, ", ")
}

// relationReference has a section for each file that declares relations.
func relationReference(p *check.Program, all bool) *referencePage {
	page := &referencePage{Title: "Relations"}
	for _, f := range p.Files {
		if rules.Shared(f.Path) && !all {
			continue
		}
		s := referenceSection{Title: f.Path, Intro: oneLine(f.Comment)}
		for _, d := range f.Decls {
			r := p.Relations[d.Pred]
			if r == nil {
				continue
			}
			s.Entries = append(s.Entries, referenceEntry{d.Pred, d.Pred + "(" + columnList(r.Columns) + ")",
				d.Doc + annotationText(d), placeText(d.Pos)})
		}
		page.Sections = append(page.Sections, s)
	}
	return page
}

// annotationText names the annotations that say where facts come from or go to.
func annotationText(d *syntax.Decl) string {
	var out []string
	for _, a := range d.Descr {
		if a.Name != "doc" {
			out = append(out, a.Name)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " [" + strings.Join(out, ", ") + "]"
}

// ruleReference has a section for each file with rules.
func ruleReference(p *check.Program) *referencePage {
	page := &referencePage{Title: "Rules"}
	names := map[*syntax.Clause]string{}
	for _, r := range p.Relations {
		for _, c := range r.Clauses {
			names[c.Clause] = c.Name
		}
	}
	for _, f := range p.Files {
		s := referenceSection{Title: f.Path, Intro: oneLine(f.Comment)}
		for _, c := range f.Clauses {
			if len(c.Body) > 0 {
				s.Entries = append(s.Entries, referenceEntry{names[c], c.Head.String(), oneLine(c.Comment),
					placeText(c.Pos)})
			}
		}
		page.Sections = append(page.Sections, s)
	}
	return page
}

func placeText(p syntax.Pos) string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// oneLine joins the lines of a comment; a blank line stays one.
func oneLine(comment string) string {
	paragraphs := strings.Split(comment, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.Join(strings.Fields(p), " ")
	}
	return strings.Join(paragraphs, "\n\n")
}

// keep drops the entries without a word in their names, and sections without entries.
func (r *referencePage) keep(word string) {
	for i := range r.Sections {
		s := &r.Sections[i]
		s.Entries = slices.DeleteFunc(s.Entries, func(e referenceEntry) bool {
			return !strings.Contains(e.Name, word)
		})
	}
	r.Sections = slices.DeleteFunc(r.Sections, func(s referenceSection) bool { return len(s.Entries) == 0 })
}

func (r *referencePage) printText(w io.Writer) {
	for _, s := range r.Sections {
		fmt.Fprintf(w, "%s\n", s.Title)
		for _, e := range s.Entries {
			fmt.Fprintf(w, "  %s\n", e.Spell)
			about := e.Doc
			if e.Place != "" {
				about = strings.TrimSpace(about + "  " + e.Place)
			}
			fmt.Fprintf(w, "      %s\n", about)
		}
		fmt.Fprintln(w)
	}
}

func (r *referencePage) printMarkdown(w io.Writer) {
	fmt.Fprintf(w, "# %s\n", r.Title)
	for _, s := range r.Sections {
		fmt.Fprintf(w, "\n## %s\n", s.Title)
		if s.Intro != "" {
			fmt.Fprintf(w, "\n%s\n", s.Intro)
		}
		for _, e := range s.Entries {
			fmt.Fprintf(w, "\n### `%s`\n\n    %s\n\n%s\n", e.Name, e.Spell, e.Doc)
			if e.Place != "" {
				fmt.Fprintf(w, "\n(%s)\n", e.Place)
			}
		}
	}
}
