package ovsdb

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// TestSchemaConversion converts the database under the session: it stays connected, finds the new
// columns, and misses the old ones.
func TestSchemaConversion(t *testing.T) {
	server := zoo(t)
	client := dialServer(t, server)
	w := watch(t, server.Unix(), func(c *Config) {
		c.Lock = "brain"
		c.Tables = append([]TableRequest{
			{Table: "Plant", Columns: []string{"height"}},
			{Table: "Animal", Columns: []string{"name", "wings", "weight"}}}, zooTables[0])
	})
	w.lockIs(LockHeld)
	require.Equal(t, []string{"Plant", "Animal.wings"}, w.Status().Missing)
	require.Equal(t, "1.0.0", w.Status().SchemaVersion)
	w.commit(func(tx *Transaction) {
		tx.Insert(Insertion{Table: "Animal", Row: []Cell{{"name", String("n")}, {"weight", Real(0.5)}}})
	})

	converted := strings.Replace(zooSchema, `"weight": {"type": "real"}`, `"wings": {"type": "integer"}`, 1)
	converted = strings.Replace(converted, `"1.0.0"`, `"2.0.0"`, 1)
	converted = strings.Replace(converted, `"Cage": {`, `"Plant": {"isRoot": true, "columns":
		{"height": {"type": "integer"}}}, "Cage": {`, 1)
	ovsdbtest.Run(t, "ovsdb-client", "convert", server.Unix(), ovsdbtest.Schema(t, converted))
	w.until("the new schema", func(s Status) bool {
		return s.SchemaVersion == "2.0.0" && s.State == StateMonitoring
	})
	require.Equal(t, []string{"Animal.weight"}, w.Status().Missing)
	require.Equal(t, BatchResync, w.batches[len(w.batches)-1].Kind)
	w.commit(func(tx *Transaction) {
		tx.Assert("brain")
		tx.Insert(Insertion{Table: "Plant", Row: []Cell{{"height", Integer(3)}}})
		tx.Update("Animal", nil, []Cell{{"wings", Integer(2)}})
	})
	require.Equal(t, `"2"=""`, onlyRow(t, w.contents(t)["Animal"])["wings"])
	require.Equal(t, `"3"=""`, onlyRow(t, w.contents(t)["Plant"])["height"])
	require.Equal(t, 1, w.Status().Connections)
	require.NotNil(t, client)
}

func onlyRow(t testing.TB, rows map[string]map[string]string) map[string]string {
	t.Helper()
	require.Len(t, rows, 1)
	for _, row := range rows {
		return row
	}
	return nil
}

// TestDatabaseComesAndGoes waits for a database that the server does not have yet, and keeps what it
// knows when the server drops it.
func TestDatabaseComesAndGoes(t *testing.T) {
	other := strings.Replace(zooSchema, `"Zoo"`, `"Other"`, 1)
	server := ovsdbtest.Start(t, ovsdbtest.Schema(t, other))
	w := watch(t, server.Unix(), nil)
	status := w.until("refused", func(s Status) bool { return s.LastError != "" })
	require.Contains(t, status.LastError, "does not have the database Zoo (it has: Other, _Server)")
	file := server.AddDatabase(ovsdbtest.Schema(t, zooSchema))
	w.connected()
	w.commit(func(tx *Transaction) { tx.Insert(Insertion{Table: "Animal"}) })
	server.Control("ovsdb-server/remove-db", "Zoo")
	w.until("gone", func(s Status) bool { return s.State == StateBackoff })
	require.Len(t, w.contents(t)["Animal"], 1)
	server.Control("ovsdb-server/add-db", file)
	w.connected()
	w.same(dialServer(t, server))
}
