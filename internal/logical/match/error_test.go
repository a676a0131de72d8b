package match

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/logical/oracle"
)

const errorFile = "testdata/errors.txt"

// readErrors reads matches and, indented by a tab below each, what is wrong with it.
func readErrors(t *testing.T) (matches, errors []string) {
	text, err := os.ReadFile(errorFile)
	require.NoError(t, err)
	for _, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if why, found := strings.CutPrefix(line, "\t"); found {
			errors = append(errors, why)
		} else {
			matches = append(matches, line)
		}
	}
	return matches, errors
}

// whyNot is what is wrong with a match.
func whyNot(t *testing.T, match string) string {
	_, err := Expand(match, "", known.values(match, false))
	require.Error(t, err, match)
	return err.Error()
}

// TestErrors compares what is said about bad matches with what stands in testdata.
func TestErrors(t *testing.T) {
	matches, errors := readErrors(t)
	if *update {
		var b strings.Builder
		for _, match := range matches {
			b.WriteString(match + "\n\t" + whyNot(t, match) + "\n")
		}
		require.NoError(t, os.WriteFile(errorFile, []byte(b.String()), 0o600))
		return
	}
	require.Len(t, errors, len(matches))
	for i, match := range matches {
		require.Equal(t, errors[i], whyNot(t, match), match)
	}
}

// TestTheReferenceRefusesTheSame makes sure that what we call an error is one.
func TestTheReferenceRefusesTheSame(t *testing.T) {
	matches, _ := readErrors(t)
	o, _ := startOracle(t)
	var flows []oracle.LogicalFlow
	for _, match := range matches {
		flows = append(flows, oracle.LogicalFlow{Match: match})
	}
	for i, compiled := range o.Compile(flows) {
		require.NotEmpty(t, compiled.Error, flows[i].Match)
	}
}

// TestDepthAndSize are the limits that keep a match from costing too much.
func TestDepthAndSize(t *testing.T) {
	nested := func(depth int) string {
		return strings.Repeat("(", depth) + "ip4" + strings.Repeat(")", depth)
	}
	require.NoError(t, Check(nested(MaxDepth)))
	require.ErrorContains(t, Check(nested(MaxDepth+1)), "at character 101, \"(\": parentheses are nested more")
	require.ErrorContains(t, Check(strings.Repeat(" ", 2<<20)), "the text has 2097152 bytes")

	long := strings.Repeat("ip4 && ", MaxItems/2)
	require.NoError(t, Check(long[:len(long)-4]))
	require.ErrorContains(t, Check(long+"ip4"), "the expression has more than 32768 parts")

	// Each factor doubles the flows.
	product := strings.Repeat("(ip4.src == 1 || ip4.dst == 1) && ", 40) + "1"
	_, err := Expand(product, "", nil)
	require.ErrorIs(t, err, errTooLarge)
	// Each exclusion multiplies them by 32.
	_, err = Expand("ip4.src != {1, 2, 3, 4, 5, 6}", "", nil)
	require.ErrorIs(t, err, errTooLarge)
}
