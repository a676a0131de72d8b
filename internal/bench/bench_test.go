package bench

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPortsAreWhatTheRulesSay(t *testing.T) {
	r, err := Ports(20_000, 200)
	require.NoError(t, err)
	WriteTable(os.Stderr, []Result{r})
}
