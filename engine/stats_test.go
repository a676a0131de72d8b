package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// profile lists the counters but the times.
func (f *fixture) profile() string {
	var b strings.Builder
	for _, p := range f.Profile() {
		fmt.Fprintf(&b, "%s in %d out %d held %d\n", p.Rule, p.Stats.In, p.Stats.Out, p.Stats.Held)
	}
	return b.String()
}

func TestRuleCounters(t *testing.T) {
	program := closure + `
Decl far(N) descr [output()] bound [/number].
far(N) :- path(1, X) |> do fn:group_by(), let N = fn:count().
`
	f := newFixture(t, program)
	f.apply(ins("edge", 1, 2), ins("edge", 2, 3))
	// The component drives path#2 once for every path and finds path(1, 3) from path(1, 2).
	want := "path#1 in 2 out 2 held 2\npath#2 in 5 out 1 held 1\nfar#1 in 3 out 2 held 2\n"
	require.Equal(t, want, f.profile())
	c, err := f.fill([]op{ins("edge", 3, 4), del("edge", 1, 2)}).Preview()
	require.NoError(t, err)
	c.Release()
	require.Regexp(t, `held 2\n.* held 1\n.* held 2\n$`, f.profile(), "a preview leaves what is held")
	before := f.profile()
	c, err = f.Replace(compileText(t, program+"Decl r(X) descr [output()] bound [/number].\nr(X) :- edge(X, _)."))
	require.NoError(t, err)
	c.Release()
	require.Equal(t, before+"r#1 in 0 out 2 held 2\n", f.profile(), "what is kept goes on counting")
	f.apply(del("edge", 1, 2))
	require.Regexp(t, `path#1 .* held 1\npath#2 .* held 0\nfar#1 .* held 0\nr#1 .* held 1\n$`, f.profile())
	f.apply(del("edge", 2, 3))
	require.Equal(t, 4, strings.Count(f.profile(), "held 0"))
}
