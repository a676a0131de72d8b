// Package annotated reads sources that say at the end of a line which findings they expect
// there: # ERROR "regexp" or # WARNING "regexp", or both, each with one regexp a finding. It
// serves the tests of the packages that report findings, and nothing else.
package annotated

import (
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// Finding is what was found, or what is expected, at a line.
type Finding struct {
	Line int
	Text string // the finding's words, or the regexp that has to match them
}

const (
	text = `"(?:[^"\\]|\\.)*"`
	part = `# (ERROR|WARNING)((?: ` + text + `)+)`
)

var (
	tail   = regexp.MustCompile(`[ \t]*(?:` + part + `[ \t]*)+$`)
	marker = regexp.MustCompile(part)
	quoted = regexp.MustCompile(text)
)

// Cut takes the annotations out of a source. Lines keep their numbers. Each expectation's text
// begins with the severity in lower case and a colon.
func Cut(source string) (text string, want []Finding, err error) {
	lines := strings.Split(source, "\n")
	for i, line := range lines {
		at := tail.FindStringIndex(line)
		if at == nil {
			continue
		}
		lines[i] = line[:at[0]]
		for _, m := range marker.FindAllStringSubmatch(line[at[0]:], -1) {
			for _, q := range quoted.FindAllString(m[2], -1) {
				pattern, err := strconv.Unquote(q)
				if err != nil {
					return "", nil, fmt.Errorf("line %d: %s: %w", i+1, q, err)
				}
				want = append(want, Finding{i + 1, strings.ToLower(m[1]) + ":.*" + pattern})
			}
		}
	}
	return strings.Join(lines, "\n"), want, nil
}

// Compare matches what was found against what is expected and returns a line of words for
// every difference. A finding's text begins with the severity in lower case and a colon.
func Compare(got, want []Finding) (differences []string, err error) {
	open := append([]Finding(nil), want...)
	for _, g := range got {
		matched := false
		for i, w := range open {
			re, err := regexp.Compile("(?s)" + w.Text)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", w.Line, err)
			}
			if w.Line == g.Line && re.MatchString(g.Text) {
				open = append(open[:i], open[i+1:]...)
				matched = true
				break
			}
		}
		if !matched {
			differences = append(differences, fmt.Sprintf("line %d: unexpected: %s", g.Line, g.Text))
		}
	}
	for _, w := range open {
		differences = append(differences, fmt.Sprintf("line %d: not found: %s", w.Line, w.Text))
	}
	sort.Strings(differences)
	return differences, nil
}
