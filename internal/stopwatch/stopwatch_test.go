package stopwatch

import (
	"log/slog"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/unixctl"
)

// serve makes a set's commands available and returns a function that asks through ovs-appctl.
func serve(t *testing.T, s *Set) func(args ...string) string {
	t.Helper()
	server := unixctl.NewServer("x 1", slog.New(slog.DiscardHandler))
	s.Register(server)
	path := filepath.Join(t.TempDir(), "x.ctl")
	require.NoError(t, server.Listen(path))
	server.Serve()
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	return func(args ...string) string {
		out, _ := exec.Command("ovs-appctl", append([]string{"-T", "30", "-t", path}, args...)...).
			CombinedOutput()
		return string(out)
	}
}

func TestShowAndReset(t *testing.T) {
	s := NewSet()
	appctl := serve(t, s)
	require.Empty(t, appctl("stopwatch/show"))
	loop := s.New("loop", Msec)
	loop.Observe(time.Millisecond)
	loop.Observe(0)
	s.New("apply", Usec).Observe(1500 * time.Nanosecond)
	require.Same(t, loop, s.New("loop", Msec))
	apply := "Statistics for 'apply'\n  Total samples: 1\n  Maximum: 2 usec\n  Minimum: 2 usec\n" +
		"  95th percentile: 1.500000 usec\n  Short term average: 1.500000 usec\n" +
		"  Long term average: 1.500000 usec\n"
	// What ovn-northd shows after the same two samples, but for the percentile, which it leaves
	// at zero until it has five.
	both := "Statistics for 'loop'\n  Total samples: 2\n  Maximum: 1 msec\n  Minimum: 0 msec\n" +
		"  95th percentile: 1.000000 msec\n  Short term average: 0.500000 msec\n" +
		"  Long term average: 0.990000 msec\n"
	require.Equal(t, apply+both, appctl("stopwatch/show"))
	require.Equal(t, both, appctl("stopwatch/show", "loop"))
	require.Contains(t, appctl("stopwatch/show", "nope"), "no such stopwatch\n")
	require.Contains(t, appctl("stopwatch/reset", "nope"), "no such stopwatch\n")

	require.Empty(t, appctl("stopwatch/reset", "loop"))
	require.Contains(t, appctl("stopwatch/show", "loop"), "Total samples: 0\n  Maximum: 0 msec\n")
	require.Equal(t, apply, appctl("stopwatch/show", "apply"))
	require.Empty(t, appctl("stopwatch/reset"))
	require.Contains(t, appctl("stopwatch/show", "apply"), "Total samples: 0\n")
}

func TestStartMeasures(t *testing.T) {
	w := NewSet().New("w", Nsec)
	stop := w.Start()
	begin := time.Now()
	for time.Since(begin) < time.Millisecond {
	}
	stop()
	require.GreaterOrEqual(t, w.min, float64(time.Millisecond))
}

func TestParallelUse(t *testing.T) {
	s := NewSet()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 1000 {
				s.New("w", Msec).Observe(time.Second)
			}
		})
	}
	wg.Wait()
	require.Contains(t, s.New("w", Msec).show(), "Total samples: 4000\n")
}

func TestQuantileIsExactForFewSamples(t *testing.T) {
	q := newQuantile(0.95)
	require.Zero(t, q.value())
	want := 0.0
	for _, x := range []float64{3, 9, 1, 7, 5} {
		q.add(x)
		want = max(want, x)
		require.Equal(t, want, q.value(), "of %d samples", q.count)
	}
}

// TestQuantileEstimate compares the estimate with the rank that it has among all samples.
func TestQuantileEstimate(t *testing.T) {
	for name, draw := range map[string]func(*rand.Rand) float64{
		"uniform":     (*rand.Rand).Float64,
		"exponential": (*rand.Rand).ExpFloat64,
		"normal":      (*rand.Rand).NormFloat64,
	} {
		seed := rand.Uint64()
		r := rand.New(rand.NewPCG(seed, 1))
		q, all := newQuantile(0.95), []float64(nil)
		for range 20000 {
			x := draw(r)
			q.add(x)
			all = append(all, x)
		}
		slices.Sort(all)
		rank, _ := slices.BinarySearch(all, q.value())
		require.InDelta(t, 0.95, float64(rank)/float64(len(all)), 0.01, "%s, seed %d", name, seed)
	}
}
