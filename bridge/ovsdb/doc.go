// Package ovsdb is one session with one database of an OVSDB server, shared by all database bridges.
//
// A [Session] keeps a connection alive, monitors the tables that it was asked for, and hands every
// change to a [Sink] in batches that are consistent states of the database. It holds a lock,
// changes monitor conditions, and commits transactions. It keeps no copy of any row: the sink does.
// The protocol is RFC 7047 with the extensions of ovsdb-server(7).
//
// What belongs here: remotes and TLS, the JSON-RPC framing, decoding into typed values, the
// monitor, lock, probe and transaction parts of the protocol, and the schema's types.
// What does not: tables or columns of any particular database except _Server, relations, rules,
// and decisions of what should be written.
//
// Everything that a session calls back (the sink, the events, the results of transactions) runs on
// the session's own goroutine, in the order in which the server said it. Callbacks must therefore
// return promptly, and may call any method of the session except Close and Commit, which wait for
// that goroutine.
package ovsdb
