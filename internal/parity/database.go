package parity

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// Database is one OVSDB database served by its own ovsdb-server. The server ends with the test.
type Database struct {
	// Name is the database's name as in its schema, such as OVN_Northbound.
	Name string

	server *ovsdbtest.Server
	tables []string
}

// startDatabase serves a new database with one of the schemas that OVN installs.
func startDatabase(t testing.TB, schema string) *Database {
	file := filepath.Join("/usr/share/ovn", schema)
	require.FileExists(t, file, "install ovn-common, ovn-central and openvswitch-switch")
	db := &Database{server: ovsdbtest.Start(t, file)}
	client, err := ovsdbtest.Dial(db.URL())
	require.NoError(t, err)
	defer client.Close()
	var names []string
	answer, err := client.Call("list_dbs")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(answer, &names))
	for _, name := range names {
		if name != "_Server" {
			db.Name = name
		}
	}
	var content struct {
		Tables map[string]any `json:"tables"`
	}
	answer, err = client.Call("get_schema", db.Name)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(answer, &content))
	for table := range content.Tables {
		db.tables = append(db.tables, table)
	}
	slices.Sort(db.tables)
	return db
}

// URL is the server's address as the --db option of OVN's clients takes it.
func (db *Database) URL() string { return db.server.Unix() }

// operationResult is the server's answer to one operation of a transaction (RFC 7047, 5.2).
type operationResult struct {
	Rows []Row `json:"rows"`
}

// transact runs the operations as one transaction and returns their results.
func (db *Database) transact(ops ...ovsdbtest.Operation) ([]operationResult, error) {
	client, err := ovsdbtest.Dial(db.URL())
	if err != nil {
		return nil, err
	}
	defer client.Close()
	answers, err := client.Transact(db.Name, ops...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", db.Name, err)
	}
	results := make([]operationResult, len(answers))
	for i, answer := range answers {
		if err := json.Unmarshal(answer, &results[i]); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// waitFor polls until done reports true, for at most limit.
func waitFor(limit time.Duration, what string, done func() (bool, error)) error {
	deadline := time.Now().Add(limit)
	for {
		ok, err := done()
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if ok {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s: not ready after %s", what, limit)
		}
		// The pause between two looks.
		time.Sleep(5 * time.Millisecond)
	}
}
