package memory

import (
	"bytes"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/unixctl"
)

func TestShow(t *testing.T) {
	r := NewReporter()
	server := unixctl.NewServer("x 1", slog.New(slog.DiscardHandler))
	r.Register(server)
	path := filepath.Join(t.TempDir(), "x.ctl")
	require.NoError(t, server.Listen(path))
	server.Serve()
	defer server.Close()
	text, err := unixctl.Call(t.Context(), path, "memory/show")
	require.NoError(t, err)
	require.Empty(t, text)
	r.Add(func(add func(string, int64)) { add("cells", 2); add("atoms", 5) })
	r.Add(func(add func(string, int64)) { add("cells", 1) })
	text, err = unixctl.Call(t.Context(), path, "memory/show")
	require.NoError(t, err)
	require.Equal(t, "atoms:5 cells:3\n", text)
}

func TestGrowthIsLogged(t *testing.T) {
	r := NewReporter()
	r.Add(func(add func(string, int64)) { add("facts", 7) })
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key != slog.MessageKey {
				return slog.Attr{}
			}
			return a
		}}))
	said := func(after time.Duration, peak int64) string {
		out.Reset()
		r.check(r.start.Add(after), peak, log)
		return out.String()
	}
	require.Equal(t, "msg=\"1000 kB peak resident set size after 10.0 seconds\"\nmsg=facts:7\n",
		said(10*time.Second, 1000))
	require.Empty(t, said(20*time.Second, 1499))
	require.Equal(t, "msg=\"peak resident set size grew 60% in last 20.0 seconds, "+
		"from 1000 kB to 1600 kB\"\nmsg=facts:7\n", said(30*time.Second, 1600))
	require.Empty(t, said(40*time.Second, 1600))
}

func TestPeak(t *testing.T) { require.Positive(t, peakKB()) }
