package session

import (
	"log/slog"
	"time"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/engine"
	"woven/engine/check"
)

// Part writes tables of a database that are not plain rows, such as logical flows. Its tables
// follow those of the database in the session's requests.
type Part interface {
	tables.Extension
	Requests() []ovsdb.TableRequest
	Handlers() []tables.RowHandler
	// Attach is called once, before anything else.
	Attach(*tables.Writer)
	// Absorb takes in what a commit changed, before the changes are released.
	Absorb(*engine.Changes)
}

// Database is one of the databases of a session.
type Database struct {
	Prefix string // of its relations
	// Steered says that the rules say where the database is, by the relation remote; OVSDB.Remotes
	// is left empty.
	Steered bool
	// OVSDB is the configuration of the connection; Database, Tables, Sink and Events are filled
	// in here. Its Lock decides who writes: whoever does not hold it writes to no database.
	OVSDB ovsdb.Config
	// Part makes what writes further tables; nil for none.
	Part func(*engine.Engine, *tables.Database) (Part, error)
	// Most and Chunk are those of tables.WriterConfig.
	Most, Chunk int
}

// Config describes a session.
type Config struct {
	Program   *check.Program
	Databases []Database
	Sinks     []Sink
	// Given is what the daemon itself knows, as facts of the relation given.
	Given map[string]string
	// Now and Random answer the rules' questions; nil means the clock and chance.
	Now    func() time.Time
	Random func() int64 // from 0 to 2^62
	Logger *slog.Logger
	// Paused starts without asking for a lock, and without writing.
	Paused bool
	// Changed is told of every new state, and Committed of every commit before its changes are
	// released, with the database that it came from (empty: it was an answer to the rules) and how
	// long it took. Both are called in the session's turn, and either may be nil.
	Changed   func(State)
	Committed func(e *engine.Engine, changes *engine.Changes, prefix string, took time.Duration)
}
