package parity

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Scenario is a named sequence of steps that starts from empty databases.
//
// A file holds any number of them:
//
//	scenario two ports          a name up to the end of the line starts a scenario
//	unseeded                    NB_Global does not exist at the start (before the first step only)
//	nbctl ls-add sw0            one invocation of ovn-nbctl; quotes as in a shell
//	fails nbctl ls-add sw0      the same, and it must be refused
//	sbctl chassis-add ...       one invocation of ovn-sbctl on either side
//	restart                     both northds are restarted and must write nothing
//	kill                        both northds are killed and started again
//	seed                        the reference's Southbound replaces ours; keys must be equal now
//
// Lines that start with # and empty lines are ignored, a backslash at the end continues a line.
type Scenario struct {
	Name     string
	Unseeded bool
	Steps    []Step
}

// Step is one line of a scenario.
type Step struct {
	// Verb is nbctl, sbctl, restart, kill or seed.
	Verb string
	// Args are the arguments of nbctl and sbctl.
	Args []string
	// Fails means that the command must be refused.
	Fails bool
}

// String spells the step as in a scenario file.
func (s Step) String() string {
	words := []string{s.Verb}
	for _, arg := range s.Args {
		words = append(words, quoteWord(arg))
	}
	text := strings.Join(words, " ")
	if s.Fails {
		text = "fails " + text
	}
	return text
}

// ParseScenarios reads a file of scenarios; name is used in errors, which say file and line.
func ParseScenarios(name string, in io.Reader) ([]Scenario, error) {
	var scenarios []Scenario
	lines := bufio.NewScanner(in)
	for number := 1; lines.Scan(); number++ {
		line, first := lines.Text(), number
		for strings.HasSuffix(line, `\`) && lines.Scan() {
			line = strings.TrimSuffix(line, `\`) + strings.TrimSpace(lines.Text())
			number++
		}
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if title, ok := strings.CutPrefix(line, "scenario "); ok {
			scenarios = append(scenarios, Scenario{Name: strings.TrimSpace(title)})
			continue
		}
		if len(scenarios) == 0 {
			return nil, fmt.Errorf("%s:%d: a step before the first scenario", name, first)
		}
		current := &scenarios[len(scenarios)-1]
		if line == "unseeded" && len(current.Steps) == 0 {
			current.Unseeded = true
			continue
		}
		step, err := parseStep(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, first, err)
		}
		current.Steps = append(current.Steps, step)
	}
	return scenarios, lines.Err()
}

func parseStep(line string) (Step, error) {
	words, err := splitWords(line)
	if err != nil {
		return Step{}, err
	}
	var step Step
	if words[0] == "fails" && len(words) > 1 {
		step.Fails = true
		words = words[1:]
	}
	step.Verb, step.Args = words[0], words[1:]
	switch step.Verb {
	case "nbctl", "sbctl":
		if len(step.Args) == 0 {
			return Step{}, fmt.Errorf("%s needs a command", step.Verb)
		}
	case "restart", "kill", "seed":
		if len(step.Args) > 0 || step.Fails {
			return Step{}, fmt.Errorf("%s stands alone", step.Verb)
		}
	default:
		return Step{}, fmt.Errorf("unknown step %q; known are nbctl, sbctl, fails, restart, kill, "+
			"seed", step.Verb)
	}
	return step, nil
}

// splitWords splits a line at blanks as a shell does: '...' is literal, in "..." and outside of
// quotes a backslash makes the next character literal.
func splitWords(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	inWord, quote, escaped := false, rune(0), false
	for _, c := range line {
		switch {
		case escaped:
			word.WriteRune(c)
			escaped = false
		case c == '\\' && quote != '\'':
			escaped, inWord = true, true
		case quote != 0:
			if c == quote {
				quote = 0
			} else {
				word.WriteRune(c)
			}
		case c == '\'' || c == '"':
			quote, inWord = c, true
		case c == ' ' || c == '\t':
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteRune(c)
			inWord = true
		}
	}
	if quote != 0 || escaped {
		return nil, fmt.Errorf("unfinished quote in %q", line)
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}

// quoteWord spells a word so that splitWords reads it back.
func quoteWord(word string) string {
	if word != "" && !strings.ContainsAny(word, " \t'\"\\#") {
		return word
	}
	return `'` + strings.ReplaceAll(word, `'`, `'\''`) + `'`
}
