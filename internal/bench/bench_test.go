package bench

import (
	"bytes"
	"encoding/json"
	"flag"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Each workload checks its own results; here they are small.
func TestWorkloadsAreRight(t *testing.T) {
	for name, run := range map[string]func() (Result, error){
		"ports":  func() (Result, error) { return Ports(20_000, 200) },
		"sparse": func() (Result, error) { return chains(5, 20).closure(10) },
		"dense":  func() (Result, error) { return grids(3, 6).closure(20) },
		"groups": func() (Result, error) { return Groups(3, 600, 30) },
	} {
		t.Run(name, func(t *testing.T) {
			r, err := run()
			require.NoError(t, err)
			require.Positive(t, r.Rows)
			require.Positive(t, r.Seconds)
			require.LessOrEqual(t, r.P50us, r.P99us)
			var out bytes.Buffer
			WriteTable(&out, []Result{r})
			t.Logf("\n%s", &out)
			var fields map[string]any
			text, err := json.Marshal(r)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(text, &fields))
			for _, f := range []string{"name", "rows", "seconds", "rows_per_s", "bytes_per_row", "p50_us",
				"p99_us", "max_us", "rss_mb"} {
				require.Contains(t, fields, f)
			}
		})
	}
}

func TestUnknownWorkload(t *testing.T) {
	_, err := Engine("ports", nil)
	require.EqualError(t, err, "there is no workload \"ports\"; there are ports-1m, closure-sparse, "+
		"closure-dense, groups")
}

var soakChanges = flag.Int("bench.soak", 200_000, "how many ports the soak adds and removes")

// A cloud that changes for long takes no more memory, and who reads it sees what was.
func TestSoak(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r, err := Soak(SoakOptions{Changes: *soakChanges, Ports: 10_000, Behind: 1000, Seed: seed,
		Progress: t.Output()})
	require.NoError(t, err)
	var out bytes.Buffer
	WriteTable(&out, []Result{r})
	t.Logf("\n%s", &out)
}
