// Package annotated reads sources that say at the end of a line which findings they expect
// there: # ERROR "regexp" or # WARNING "regexp", with several regexps for several findings. It
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

var marker = regexp.MustCompile(`[ \t]*# (ERROR|WARNING)((?: "(?:[^"\\]|\\.)*")+)[ \t]*$`)
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// Cut takes the annotations out of a source. Lines keep their numbers. Each expectation's text
// begins with the severity in lower case and a colon.
func Cut(source string) (text string, want []Finding, err error) {
	lines := strings.Split(source, "\n")
	for i, line := range lines {
		m := marker.FindStringSubmatchIndex(line)
		if m == nil {
			continue
		}
		severity := strings.ToLower(line[m[2]:m[3]])
		for _, q := range quoted.FindAllString(line[m[4]:m[5]], -1) {
			pattern, err := strconv.Unquote(q)
			if err != nil {
				return "", nil, fmt.Errorf("line %d: %s: %w", i+1, q, err)
			}
			want = append(want, Finding{i + 1, severity + ":.*" + pattern})
		}
		lines[i] = line[:m[0]]
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
