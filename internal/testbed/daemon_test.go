package testbed

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// script is a program that is not a daemon.
func script(t *testing.T, text string, fragile bool) Program {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"+text), 0o700))
	return Program{Path: path, Fragile: fragile}
}

// A fragile program that crashes at its start is started again, any other one is not, and neither
// is one that ends in another way.
func TestFragile(t *testing.T) {
	crashOnce := `db="$OVS_RUNDIR/conf.db"
if [ ! -e "$db" ]; then ovsdb-tool create "$db" ` + vswitchSchema + `; kill -SEGV $$; fi
exec ovsdb-server --unixctl="$OVS_RUNDIR/program.$$.ctl" "$@"`
	b := newBed(t, Dummy)
	start := func(name string, p Program) (*Daemon, error) {
		folder, err := b.newFolder(name)
		require.NoError(t, err)
		d := b.newDaemon(name, p, folder)
		return d, d.Start()
	}
	d, err := start("fragile", script(t, crashOnce, true))
	require.NoError(t, err)
	require.Equal(t, 1, d.Revived())
	require.True(t, d.Running())
	require.ErrorContains(t, d.Start(), "runs already")
	d.Kill()
	require.False(t, d.Running())
	_, err = d.Call("version")
	require.ErrorContains(t, err, "fragile has ended")
	require.NoError(t, d.Start())
	require.NoError(t, d.Exit())
	require.False(t, d.Running())
	require.NoError(t, d.Stop(), "it has ended already")
	require.Equal(t, 1, d.Revived())

	d, err = start("firm", script(t, crashOnce, false))
	require.ErrorContains(t, err, "firm ended at its start")
	require.Zero(t, d.Revived())
	d, err = start("failing", script(t, "echo what is wrong; exit 1", true))
	require.ErrorContains(t, err, "failing ended at its start: exit status 1")
	require.ErrorContains(t, err, "what is wrong")
	require.Zero(t, d.Revived())
}
