package relations

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// eachShard visits every shard of every pool.
func (s *Store) eachShard(f func(*shard)) {
	for i := range shardCount {
		f(&s.text.shards[i].shard)
		f(&s.seqs.shards[i].shard)
		for _, p := range append([]*wordPool{s.numbers, s.floats, s.macs, s.uuids, s.ips}, s.terms[:]...) {
			f(&p.shards[i])
		}
	}
}

// pooled counts the values that a store remembers, and the ids it has ever given out.
func pooled(s *Store) (values, ids int) {
	s.eachShard(func(sh *shard) { values += sh.table.Len(); ids += int(sh.n) })
	return values, ids
}

func TestValuesThatNothingHoldsAreForgotten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := NewStore()
		ty := anyType(2).Draw(t, "type")
		v := anyValue(t, s, ty)
		for range 2 {
			s.Retain(ty.Kind, v)
		}
		text := s.Text(ty, v)
		for range 4 {
			s.Advance()
		}
		s.Release(ty.Kind, v)
		s.Advance()
		require.Equal(t, text, s.Text(ty, v), "one holder is enough")
		s.Release(ty.Kind, v)
		for range 6 { // one epoch for each level of nesting
			s.Advance()
		}
		n, _ := pooled(s)
		require.Zero(t, n, "also the parts of %s", text)
	})
}

func TestFreshValuesWithoutAHolderAreForgotten(t *testing.T) {
	s := NewStore()
	f, _ := s.RegisterFormat(Format{Pieces: []string{"", ""}, Verbs: []Verb{VerbText},
		Types: []Type{T(String)}})
	s.Term(f, []Value{s.String("x")})
	s.SweepFresh()
	s.Number(-1)
	for range 3 {
		s.Advance()
	}
	n, _ := pooled(s)
	require.Zero(t, n)
}

func TestNothingIsForgottenWhileAHoldIsOpen(t *testing.T) {
	s := NewStore()
	texts := map[Value]string{}
	for i := range 1000 {
		x := fmt.Sprint("port", i)
		v := s.String(x)
		s.Retain(String, v)
		texts[v] = x
	}
	h := s.Hold()
	for v := range texts {
		s.Release(String, v)
	}
	for i := range 2000 {
		s.Advance()
		s.String(fmt.Sprint("other", i))
	}
	for v, x := range texts {
		require.Equal(t, x, s.TextOf(v))
	}
	h.Close()
	h.Close()
	s.Advance()
	s.Advance()
	n, _ := pooled(s)
	require.Zero(t, n)
}

func TestAHoldClosedTwiceDoesNotCloseAnother(t *testing.T) {
	s := NewStore()
	v := s.String("x")
	s.Retain(String, v)
	a, b := s.Hold(), s.Hold()
	a.Close()
	a.Close()
	s.Release(String, v)
	s.Advance()
	s.Advance()
	require.Equal(t, "x", s.TextOf(v))
	b.Close()
	s.Advance()
	n, _ := pooled(s)
	require.Zero(t, n)
}

func TestARevivedValueLives(t *testing.T) {
	s := NewStore()
	v := s.String("x")
	s.Retain(String, v)
	s.Release(String, v)
	require.Equal(t, v, s.String("x"), "it waits under its id")
	s.Retain(String, v)
	for range 3 {
		s.Advance()
	}
	require.Equal(t, v, s.String("x"))
	require.Equal(t, "x", s.TextOf(v))
}

// A map that waits since the sweep, gets a row and loses it is held by the later hold.
func TestAValueThatDiesTwiceWaitsForTheLaterHold(t *testing.T) {
	for _, k := range []Kind{List, Map, Struct} {
		s := NewStore()
		early := s.Hold()
		v := s.List(T(Number), []Value{s.Number(-5)})
		if k == Map {
			v = s.Map(T(Number), T(Number), []Value{s.Number(1), s.Number(-5)})
		} else if k == Struct {
			v = s.Struct(Type{Kind: Struct, Fields: []string{"/a"}, Elems: []Type{T(Number)}},
				[]Value{s.Number(-5)})
		}
		s.SweepFresh()
		s.Retain(k, v)
		s.Advance()
		late := s.Hold()
		s.Release(k, v)
		early.Close()
		for range 3 {
			s.Advance()
		}
		n, _ := pooled(s)
		require.Equal(t, 2, n, "%s and its element", k)
		late.Close()
		for range 3 {
			s.Advance()
		}
		n, _ = pooled(s)
		require.Zero(t, n)
	}
}

func TestMemoryIsUsedAgain(t *testing.T) {
	s := NewStore()
	round := func(r int) {
		var held []Value
		for i := range 500 {
			v := s.String(fmt.Sprintf("round %03d, text %03d %s", r, i, strings.Repeat("x", i)))
			s.Retain(String, v)
			l := s.List(T(String), []Value{v, s.String("y")})
			s.Retain(List, l)
			held = append(held, v, l)
		}
		for i, v := range held {
			s.Release([]Kind{String, List}[i%2], v)
		}
		for range 3 {
			s.Advance()
		}
	}
	size := func() (ids, bytes int) {
		_, ids = pooled(s)
		for i := range s.text.shards {
			if c := s.text.shards[i].chunks.Load(); c != nil {
				for _, chunk := range *c {
					bytes += len(chunk)
				}
			}
		}
		return ids, bytes
	}
	for r := range 20 {
		round(r)
	}
	ids, bytes := size()
	for r := range 200 {
		round(100 + r)
	}
	ids2, bytes2 := size()
	require.Less(t, ids2, 2*ids, "ids are given out again")
	require.Less(t, bytes2, 2*bytes, "room is used again")
	n, _ := pooled(s)
	require.Zero(t, n)
}

// row is a value that somebody holds, with the text it must keep.
type row struct {
	t    Type
	v    Value
	text string
}

// Random rows come and go, holds open and close: what a row or a hold of its time can see never
// changes, and in the end nothing is left.
func TestReclaimingAgainstAModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := NewStore()
		var rows []row
		type held struct {
			hold *Hold
			rows []row
		}
		var holds []held
		pick := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "which") }
		t.Repeat(map[string]func(*rapid.T){
			"insert": func(t *rapid.T) {
				ty := anyType(1).Draw(t, "type")
				v := anyValue(t, s, ty)
				s.Retain(ty.Kind, v)
				rows = append(rows, row{ty, v, s.Text(ty, v)})
			},
			"delete": func(t *rapid.T) {
				if len(rows) > 0 {
					i := pick(len(rows))
					s.Release(rows[i].t.Kind, rows[i].v)
					rows = append(rows[:i:i], rows[i+1:]...)
				}
			},
			"waste": func(t *rapid.T) { anyValue(t, s, anyType(1).Draw(t, "type")) },
			"hold": func(*rapid.T) {
				holds = append(holds, held{s.Hold(), append([]row(nil), rows...)})
			},
			"close": func(*rapid.T) {
				if len(holds) > 0 {
					i := pick(len(holds))
					holds[i].hold.Close()
					holds = append(holds[:i:i], holds[i+1:]...)
				}
			},
			"sweep":   func(*rapid.T) { s.SweepFresh() },
			"advance": func(*rapid.T) { s.Advance() },
			"": func(t *rapid.T) {
				for _, r := range rows {
					require.Equal(t, r.text, s.Text(r.t, r.v))
				}
				for _, h := range holds {
					for _, r := range h.rows {
						require.Equal(t, r.text, s.Text(r.t, r.v))
					}
				}
			},
		})
		for _, h := range holds {
			h.hold.Close()
		}
		for _, r := range rows {
			s.Release(r.t.Kind, r.v)
		}
		for range 6 {
			s.Advance()
		}
		n, _ := pooled(s)
		require.Zero(t, n)
	})
}

// Advance looks at the shards that have fresh values and at no other.
func TestAdvanceLooksOnlyAtWhatIsNew(t *testing.T) {
	s := NewStore()
	for i := range 10_000 {
		s.Retain(String, s.String(fmt.Sprint(i)))
	}
	s.Advance()
	require.Nil(t, s.fresh.head.Load())
	s.String("one more")
	require.NotNil(t, s.fresh.head.Load())
	require.Nil(t, s.fresh.head.Load().nextFresh)
	require.Zero(t, testing.AllocsPerRun(100, s.Advance))
}

func BenchmarkAdvance(b *testing.B) {
	s := NewStore()
	for b.Loop() {
		s.Advance()
	}
}
