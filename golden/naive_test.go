package golden

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine/naive"
	"woven/relations"
	"woven/rules"
)

// In every step of every case the engine holds exactly the facts that the naive evaluator finds,
// in every relation, private ones included.
func TestTheEngineHoldsWhatTheNaiveEvaluatorFinds(t *testing.T) {
	for _, daemon := range []string{"northd", "controller"} {
		t.Run(daemon, func(t *testing.T) {
			files, err := rules.Load("", daemon)
			require.NoError(t, err)
			p, err := NewProgram(files)
			require.NoError(t, err)
			steps := 0
			require.NoError(t, fs.WalkDir(os.DirFS("."), daemon,
				func(name string, e fs.DirEntry, err error) error {
					if err != nil || e.IsDir() || path.Ext(name) != Extension {
						return err
					}
					text, err := os.ReadFile(name)
					require.NoError(t, err)
					f, err := Parse(name, text)
					require.NoError(t, err)
					for _, c := range f.Cases {
						steps += compareWithNaive(t, p, f, c)
					}
					return nil
				}))
			require.NotZero(t, steps)
		})
	}
}

func compareWithNaive(t *testing.T, p *Program, f *File, c *Case) (steps int) {
	r, err := p.prepare(f, c)
	require.NoError(t, err)
	store := relations.NewStore()
	truth, err := naive.New(p.checked.Files, p.checked.Registry, store)
	require.NoError(t, err)
	w, err := p.world()
	require.NoError(t, err)
	var before naive.Result
	for _, ch := range r.changes {
		require.NoError(t, w.commit(ch))
		now, err := truth.Eval(baseRows(p, w, store), before)
		require.NoError(t, err)
		for relation, want := range now {
			require.Equal(t, want, literalRows(w, relation), "%s: %s: %s", f.Path, c.Title, relation)
		}
		before = now
		steps++
	}
	_, err = w.leave()
	require.NoError(t, err)
	return steps
}

// baseRows are the facts that a world was given, as the naive evaluator takes them.
func baseRows(p *Program, w *world, store *relations.Store) map[string][]naive.Row {
	out := map[string][]naive.Row{}
	for f := range w.facts {
		columns := p.checked.Relations[f.relation].Columns
		var row naive.Row
		for i, text := range f.texts() {
			row = append(row, naive.NewDatum(store, columns[i].Type, intern(store, columns[i].Type, text)))
		}
		out[f.relation] = append(out[f.relation], row)
	}
	return out
}

// literalRows are the facts of a relation of a world as the naive evaluator spells them.
func literalRows(w *world, relation string) []string {
	out := []string{}
	r, ok := w.engine.Relation(relation)
	if !ok {
		return out
	}
	s := w.engine.Store()
	w.engine.Each(r, func(row []relations.Value) bool {
		var b []byte
		for i, v := range row {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = s.AppendLiteral(b, r.Types()[i], v)
		}
		out = append(out, string(b))
		return true
	})
	slices.Sort(out)
	return out
}
