package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"woven/engine"
	"woven/engine/check"
	"woven/engine/enginetest"
	"woven/engine/function"
)

// emptied puts a program without rules in the place of an engine's, and reports the values that
// the store still keeps. None should be: every row, group, proof and constant has let its own go.
func emptied(e *engine.Engine, nothing *check.Program) error {
	c, err := e.Replace(nothing)
	if err != nil {
		return err
	}
	c.Release()
	for range 10 { // what a list or term held dies when it is forgotten
		e.Store().Advance()
	}
	if n := e.Store().Len(); n > 0 {
		return fmt.Errorf("%d values are kept that nothing holds", n)
	}
	return nil
}

// Whatever random programs did, also previewed and taken back, and with other programs in their
// place: at the end every value is let go exactly as often as it was taken.
func TestValuesAreLetGo(t *testing.T) {
	reg := function.Default()
	nothing := compileText(t, "")
	defer engine.SetBulkRows(2)() // shared work lets values go as often too
	for _, opts := range []engine.Options{{Workers: 1}, {Workers: 3, LazyText: true}} {
		var systems []*system
		make := factory(opts)
		driver := &enginetest.Driver{Registry: reg, System: func(p *check.Program) (enginetest.System,
			enginetest.Deltas, error) {
			s, d, err := make(p)
			if err == nil {
				systems = append(systems, s.(*system))
			}
			return s, d, err
		}}
		cases := enginetest.Cases(reg, 30)
		rapid.Check(t, func(t *rapid.T) {
			systems = systems[:0]
			require.NoError(t, driver.Run(cases.Draw(t, "case")))
			for _, s := range systems {
				for _, l := range s.behind {
					l.changes.Release()
				}
				require.NoError(t, emptied(s.Engine, nothing))
			}
		})
	}
}

// An aggregate counts the assignments of all variables of its body, however many those are.
func TestAggregateOverManyVariables(t *testing.T) {
	vars, number := "", ""
	body := ""
	for i := range 20 {
		if i > 0 {
			vars, number = vars+", ", number+", "
		}
		vars, number = vars+fmt.Sprintf("X%d", i), number+"/number"
	}
	body = "wide(" + vars + "), wide(" + strings.ReplaceAll(vars, "X", "Y") + "), X0 = Y1"
	f := newFixture(t, "Decl wide("+vars+") descr [extensional()] bound ["+number+"].\n"+
		"Decl n(N) descr [output()] bound [/number].\n"+
		"n(N) :- "+body+" |> do fn:group_by(), let N = fn:count().")
	row := func(first, second int) []any {
		args := make([]any, 20)
		for i := range args {
			args[i] = 7
		}
		args[0], args[1] = first, second
		return args
	}
	require.Equal(t, "+n(1)", f.apply(ins("wide", row(1, 1)...)))
	require.Equal(t, "+n(5)\n-n(1)", f.apply(ins("wide", row(1, 2)...), ins("wide", row(2, 1)...)))
	require.Equal(t, "+n(1)\n-n(5)", f.apply(del("wide", row(1, 2)...), del("wide", row(2, 1)...)))
}
