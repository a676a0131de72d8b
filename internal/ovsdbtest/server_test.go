package ovsdbtest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const schema = `{"name": "Small", "version": "1.0.0", "tables": {
 "Thing": {"isRoot": true, "columns": {"name": {"type": "string"}}}}}`

// TestServerLives kills and restarts a server, whose rows outlive that.
func TestServerLives(t *testing.T) {
	server := Start(t, Schema(t, schema))
	for _, remote := range []string{server.Unix(), server.TCP()} {
		client, err := Dial(remote)
		require.NoError(t, err)
		_, err = client.Transact("Small", Operation{"op": "insert", "table": "Thing", "row": Operation{"name": remote}})
		require.NoError(t, err)
		_, err = client.Transact("Small", Operation{"op": "insert", "table": "Nothing", "row": Operation{}})
		require.ErrorContains(t, err, "syntax error")
		server.Kill()
		require.False(t, server.Running())
		_, err = client.Call("list_dbs")
		require.Error(t, err)
		client.Close()
		server.Restart()
	}
	server.Stop()
	server.Restart()
	client, err := Dial(server.TCP())
	require.NoError(t, err)
	defer client.Close()
	rows, err := client.Select("Small", "Thing", "name")
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Contains(t, server.Control("ovsdb-server/list-dbs"), "Small")
}
