package published_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/engine"
	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
	"woven/relations/published"
)

const program = `
Decl on(P, S) descr [extensional()] bound [/number, /number].
Decl size(S, N) descr [published()] bound [/number, /number].
Decl all(N) descr [published()] bound [/number].
size(S, N) :- on(P, S) |> do fn:group_by(S), let N = fn:count().
all(N) :- on(P, S) |> do fn:group_by(), let N = fn:count().
`

// While the evaluator works, every reader sees sizes that add up to the whole.
func TestReadersBesideTheEvaluator(t *testing.T) {
	file, errs := syntax.Parse("p.mg", []byte(program))
	require.Empty(t, errs)
	p, diags := check.Check([]*syntax.File{file}, function.Default(), check.Options{})
	require.NotNil(t, p, "%v", diags)
	e, err := engine.New(p, relations.NewStore(), engine.Options{LazyText: true})
	require.NoError(t, err)
	on, _ := e.Relation("on")
	var contents []published.Content
	for _, name := range []string{"size", "all"} {
		r, _ := e.Relation(name)
		contents = append(contents, published.Content{Schema: r.Info().Schema})
	}
	d := published.New()
	require.NoError(t, d.Load(e.Store(), contents))

	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if sizes, all := sums(t, d.Snapshot()); sizes != all {
					t.Errorf("the sizes add up to %d, and there are %d", sizes, all)
					return
				}
			}
		})
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for range 3000 {
		txn, err := e.Begin()
		require.NoError(t, err)
		for range 3 {
			change := txn.Insert
			if random.IntN(2) == 0 {
				change = txn.Delete
			}
			require.NoError(t, change(on, e.Store().Number(random.Int64N(10)),
				e.Store().Number(random.Int64N(5))))
		}
		c, err := txn.Commit()
		require.NoError(t, err)
		var changes []published.Change
		for i := range c.Relations {
			rc := &c.Relations[i]
			changes = append(changes, published.Change{Relation: rc.Relation.Name(),
				Deleted: &rc.Deleted, Inserted: &rc.Inserted})
		}
		require.NoError(t, d.Apply(e.Store(), changes))
		c.Release()
	}
	close(done)
	readers.Wait()
	_, all := sums(t, d.Snapshot())
	require.Equal(t, on.Len(), all)
}

// sums adds up the sizes, and returns the number of all.
func sums(t *testing.T, s *published.Snapshot) (sizes, all int) {
	for name, sum := range map[string]*int{"size": &sizes, "all": &all} {
		if err := s.All(name, func(r published.Row) bool {
			*sum += int(r[len(r)-1].(int64))
			return true
		}); err != nil {
			t.Error(err)
		}
	}
	return sizes, all
}
