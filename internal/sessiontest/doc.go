// Package sessiontest runs a test's own rules in a session between real ovsdb-servers, and waits
// until what follows from the databases is written.
//
// What belongs here: what tests of bridges need to put rows in, to wait, and to look at what
// became of them. What does not: rules, expectations, and anything that a program other than a
// test uses.
package sessiontest
