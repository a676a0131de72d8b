package relations

import (
	"fmt"
	"net/netip"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// Workers that intern, retain and release the same values at once agree on every id.
func TestWorkersInternAtOnce(t *testing.T) {
	s := NewStore()
	s.SetParallel(true)
	f, _ := s.RegisterFormat(Format{Pieces: []string{"p", ""}, Verbs: []Verb{VerbText},
		Types: []Type{T(String)}})
	const workers, n = 4, 3000
	made := make([][]Value, workers)
	make1 := func(i int) []Value {
		x := s.String(fmt.Sprint("text ", i))
		addr := netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})
		return []Value{x, s.Number(int64(-i - 1)), s.Term(f, []Value{x}), s.MAC(uint64(i)),
			s.UUID([16]byte{byte(i), byte(i >> 8)}), s.IP(netip.PrefixFrom(addr, 32)),
			s.List(T(String), []Value{x}), s.Float(float64(i)), s.Name(fmt.Sprint("/n", i%100))}
	}
	kinds := []Kind{String, Number, String, MAC, UUID, IP, List, Float, Name}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range n {
				values := make1(i)
				for j, v := range values {
					s.Retain(kinds[j], v)
					s.Retain(kinds[j], v)
					s.Release(kinds[j], v)
				}
				made[w] = append(made[w], values...)
			}
		})
	}
	wg.Wait()
	s.SetParallel(false)
	for w := range made {
		require.Equal(t, made[0], made[w])
	}
	for range 4 {
		s.Advance()
	}
	for i := range n {
		require.Equal(t, fmt.Sprint("ptext ", i), s.TextOf(made[0][i*len(kinds)+2]))
	}
	for w := range made {
		for i, v := range made[w] {
			s.Release(kinds[i%len(kinds)], v)
		}
	}
	for range 4 {
		s.Advance()
	}
	left, _ := pooled(s)
	require.Zero(t, left)
}

// Workers whose last releases meet queue a value once.
func TestWorkersReleaseAtOnce(t *testing.T) {
	s := NewStore()
	s.SetParallel(true)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				for i := range 20 {
					v := s.Number(int64(-1 - i))
					s.Retain(Number, v)
					s.Release(Number, v)
				}
			}
		})
	}
	wg.Wait()
	s.SetParallel(false)
	require.LessOrEqual(t, len(s.dying.queue), 20)
	for range 3 {
		s.Advance()
	}
	left, _ := pooled(s)
	require.Zero(t, left)
}

// Readers under a hold look at values while the writer makes, drops and forgets others.
func TestReadersBesideAWriter(t *testing.T) {
	s := NewStore()
	f, _ := s.RegisterFormat(Format{Pieces: []string{"port ", " of ", ""},
		Verbs: []Verb{VerbInt, VerbQuote}, Types: []Type{T(Number), T(String)}})
	type batch struct {
		hold *Hold
		from int
		rows []Value
	}
	batches := make(chan batch, 8)
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for b := range batches {
				for i, v := range b.rows {
					n := -1 - b.from - i
					want := fmt.Sprintf(`port %d of "switch %d"`, n, n)
					if got := s.TextOf(v); got != want {
						t.Errorf("read %s, want %s", got, want)
					}
				}
				b.hold.Close()
			}
		})
	}
	for from := 0; from < 20_000; from += 100 {
		b := batch{from: from}
		for i := range 100 {
			n := int64(-1 - from - i)
			v := s.Term(f, []Value{s.Number(n), s.String(fmt.Sprint("switch ", n))})
			s.Retain(String, v)
			b.rows = append(b.rows, v)
		}
		b.hold = s.Hold()
		batches <- b
		for _, v := range b.rows {
			s.Release(String, v)
		}
		s.Advance()
	}
	close(batches)
	readers.Wait()
	for range 4 {
		s.Advance()
	}
	left, _ := pooled(s)
	require.Zero(t, left)
}
