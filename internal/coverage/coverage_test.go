package coverage

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/unixctl"
)

// row is the line of a counter without its name.
func row(t *testing.T, s *Set, name string) string {
	t.Helper()
	for line := range strings.Lines(s.show()) {
		if rest, found := strings.CutPrefix(line, name); found {
			return strings.Join(strings.Fields(rest), " ")
		}
	}
	t.Fatalf("%s is not shown", name)
	return ""
}

func TestRates(t *testing.T) {
	s := NewSet()
	c := s.New("txn")
	s.New("never")
	require.Contains(t, s.show(), "2 events never hit\n")
	c.Add(30)
	require.Equal(t, "0.0/sec 0.000/sec 0.0000/sec total: 30", row(t, s, "txn"))
	s.step()
	require.Equal(t, "6.0/sec 0.500/sec 0.0083/sec total: 30", row(t, s, "txn"))
	require.Contains(t, s.show(), "1 events never hit\n")
	for range 11 {
		s.step()
	}
	require.Equal(t, "0.0/sec 0.500/sec 0.0083/sec total: 30", row(t, s, "txn"))
	s.step()
	require.Equal(t, "0.0/sec 0.000/sec 0.0083/sec total: 30", row(t, s, "txn"))
	for range 12 * 60 {
		s.step()
	}
	require.Equal(t, "0.0/sec 0.000/sec 0.0000/sec total: 30", row(t, s, "txn"))
}

func TestCommands(t *testing.T) {
	s := NewSet()
	s.New("txn").Add(3)
	server := unixctl.NewServer("x 1", slog.New(slog.DiscardHandler))
	s.Register(server)
	path := filepath.Join(t.TempDir(), "x.ctl")
	require.NoError(t, server.Listen(path))
	server.Serve()
	defer server.Close()
	ask := func(args ...string) (string, error) {
		return unixctl.Call(context.Background(), path, args[0], args[1:]...)
	}
	text, err := ask("coverage/read-counter", "txn")
	require.NoError(t, err)
	require.Equal(t, "3\n", text)
	_, err = ask("coverage/read-counter", "nope")
	require.EqualError(t, err, "no such counter")
	text, err = ask("coverage/show")
	require.NoError(t, err)
	require.Regexp(t, `^Event coverage, avg rate over last: 5 seconds, last minute, last hour,  `+
		`hash=[0-9a-f]{8}:\ntxn {22}  0\.0/sec {5}0\.000/sec {8}0\.0000/sec   total: 3\n`+
		`0 events never hit\n$`, text)
}
