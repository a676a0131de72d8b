//go:build !planted

package engine_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// The random programs find mistakes: each of those that can be planted into the engine makes them
// fail, and without one they pass.
func TestPlantedFaultsAreFound(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "engine.test")
	out, err := exec.Command("go", "test", "-c", "-tags", "planted", "-o", binary, ".").CombinedOutput()
	require.NoError(t, err, "%s", out)
	run := func(fault string) (string, error) {
		c := exec.Command(binary, "-test.run", "^(TestValuesAreLetGo|TestTermsAndTextsAreOne)$",
			"-rapid.checks", "60", "-rapid.shrinktime", "0s", "-test.timeout", "60s")
		c.Env = append(os.Environ(), "WOVEN_FAULT="+fault)
		out, err := c.CombinedOutput()
		return string(out), err
	}
	out2, err := run("")
	require.NoError(t, err, out2)
	for _, fault := range []string{"old view", "key twice", "uncounted", "stays out", "cycle", "oneself",
		"kept", "unheld", "asleep", "spelling", "replaced", "group undo"} {
		t.Run(fault, func(t *testing.T) {
			out, err := run(fault)
			var exit *exec.ExitError
			require.ErrorAs(t, err, &exit, "the tests pass with this fault: %s", out)
			require.Contains(t, out, "--- FAIL: Test")
		})
	}
}
