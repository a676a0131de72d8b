package parity

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAddingASwitchWritesTheSame counts the rows that woven-northd writes to the Southbound for
// one more switch, in a cloud of 100 and in one of 1,000: the group of all switches is changed in
// its row, and the flows that share it are not touched.
func TestAddingASwitchWritesTheSame(t *testing.T) {
	s := NewStack(t, true)
	require.NoError(t, s.StartNorthd(woven))
	next := 0
	add := func(n int) {
		var args []string
		for range n {
			if len(args) > 0 {
				args = append(args, "--")
			}
			sw, port := fmt.Sprint("sw", next), fmt.Sprint("p", next)
			args = append(args, "ls-add", sw, "--", "lsp-add", sw, port, "--",
				"lsp-set-addresses", port, fmt.Sprintf("02:00:00:00:%02x:%02x", next>>8, next&255))
			next++
		}
		_, err := s.NBCtl(args...)
		require.NoError(t, err)
		require.NoError(t, s.Sync())
	}
	written := func() []string {
		before, err := s.state()
		require.NoError(t, err)
		add(1)
		after, err := s.state()
		require.NoError(t, err)
		return before.sb.Changed(after.sb)
	}
	add(100)
	small := written()
	for next < 1000 {
		add(100)
	}
	large := written()
	require.Equal(t, len(small), len(large), "%s\n%s", small, large)
	require.Less(t, len(small), 12, "%s", small)
}
