package parity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Database is one OVSDB database served by its own ovsdb-server on a unix socket.
type Database struct {
	// Name is the database's name as in its schema, such as OVN_Northbound.
	Name string
	// Socket is the path of the unix socket that the server listens on.
	Socket string
	// File is the path of the database file.
	File string

	columns map[string][]string
	server  *process
}

// startDatabase creates a database from a schema file and serves it in dir.
func startDatabase(dir, base, schema string) (*Database, error) {
	db := &Database{
		Socket: filepath.Join(dir, base+".sock"),
		File:   filepath.Join(dir, base+".db"),
	}
	out, err := exec.Command("ovsdb-tool", "create", db.File, schema).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("ovsdb-tool create %s: %w: %s", db.File, err, out)
	}
	return db, db.serve()
}

// serve starts the server over the existing file and waits until it answers.
func (db *Database) serve() error {
	server, err := startProcess(nil, "ovsdb-server", "--remote=punix:"+db.Socket,
		"--unixctl="+db.Socket+".ctl", "-vconsole:off", "--log-file="+db.File+".log", db.File)
	if err != nil {
		return err
	}
	db.server = server
	return waitFor(10*time.Second, "ovsdb-server at "+db.Socket, func() (bool, error) {
		if err := server.exited(); err != nil {
			return false, err
		}
		return db.learnSchema() == nil, nil
	})
}

// stop ends the server; the file stays.
func (db *Database) stop() error {
	if db.server == nil {
		return nil
	}
	err := db.server.terminate()
	db.server = nil
	return err
}

// URL is the server's address as the --db option of OVN's clients takes it.
func (db *Database) URL() string { return "unix:" + db.Socket }

// learnSchema asks the server which tables and columns the database has.
func (db *Database) learnSchema() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	var names []string
	if err := db.call(ctx, "list_dbs", []any{}, &names); err != nil {
		return err
	}
	var schema struct {
		Tables map[string]struct {
			Columns map[string]any `json:"columns"`
		} `json:"tables"`
	}
	for _, name := range names {
		if name != "_Server" {
			db.Name = name
		}
	}
	if err := db.call(ctx, "get_schema", []any{db.Name}, &schema); err != nil {
		return err
	}
	db.columns = map[string][]string{}
	for table, t := range schema.Tables {
		for column := range t.Columns {
			db.columns[table] = append(db.columns[table], column)
		}
	}
	return nil
}

// call makes one JSON-RPC request on a connection of its own and decodes the result.
func (db *Database) call(ctx context.Context, method string, params []any, result any) error {
	conn, err := new(net.Dialer).DialContext(ctx, "unix", db.Socket)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return err
		}
	}
	request := map[string]any{"method": method, "params": params, "id": 1}
	if err := json.NewEncoder(conn).Encode(request); err != nil {
		return err
	}
	var reply struct {
		Result json.RawMessage `json:"result"`
		Error  json.RawMessage `json:"error"`
	}
	if err := json.NewDecoder(conn).Decode(&reply); err != nil {
		return err
	}
	if len(reply.Error) > 0 && string(reply.Error) != "null" {
		return fmt.Errorf("%s: %s", method, reply.Error)
	}
	return json.Unmarshal(reply.Result, result)
}

// Transact runs the operations as one transaction. An error of the server or of an operation is
// returned with the operation's number, counted from 0.
func (db *Database) Transact(ctx context.Context, ops ...any) ([]OperationResult, error) {
	var results []*OperationResult
	params := append([]any{db.Name}, ops...)
	if err := db.call(ctx, "transact", params, &results); err != nil {
		return nil, err
	}
	out := make([]OperationResult, 0, len(results))
	for i, r := range results {
		if r == nil {
			continue
		}
		if r.Error != "" {
			return nil, fmt.Errorf("%s: operation %d: %s: %s", db.Name, i, r.Error, r.Details)
		}
		out = append(out, *r)
	}
	return out, nil
}

// OperationResult is the server's answer to one operation of a transaction (RFC 7047, 5.2).
type OperationResult struct {
	Rows    []map[string]any `json:"rows"`
	Count   int              `json:"count"`
	Error   string           `json:"error"`
	Details string           `json:"details"`
}

// waitFor polls until done reports true, for at most limit.
func waitFor(limit time.Duration, what string, done func() (bool, error)) error {
	deadline := time.Now().Add(limit)
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
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
		time.Sleep(pause)
	}
}

// schemaFile finds the schema of one of OVN's databases where the distribution installs it.
func schemaFile(name string) (string, error) {
	path := filepath.Join("/usr/share/ovn", name)
	if _, err := os.Stat(path); err != nil {
		return "", errors.Join(err, errors.New("is the package ovn-common installed?"))
	}
	return path, nil
}
