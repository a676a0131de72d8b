// Package session runs a program between databases: it feeds the engine with what the databases
// hold, and has the bridges write what the program wants.
//
// What belongs here: the order of things. One batch of a database is one transaction of the
// engine; nothing is written before every database has delivered its first copy; what the rules
// ask of Go (acknowledgements, random numbers, the report of problems) is answered here. What
// does not: anything about a particular table, and command lines.
package session
