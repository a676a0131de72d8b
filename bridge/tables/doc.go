// Package tables connects the tables of a database with the relations of a running program, in
// both directions.
//
// Inwards, a [Source] is the sink of a database session: it turns rows into base facts, one a
// column, element or pair. The facts are the mirror of the database; there is no other copy.
// Outwards, a [Writer] compares what the relations want.* say with those facts, and writes the
// difference: it finds the row of each handle, resolves references, and sends one transaction at
// a time.
//
// What belongs here: everything about rows and facts that holds for any database. What does not:
// the protocol (bridge/ovsdb), tables with a treatment of their own such as logical flows
// (bridge/sbdb), and decisions of what should be in a database, which are the rules'.
package tables
