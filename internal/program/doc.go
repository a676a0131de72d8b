// Package program loads the rules of a daemon.
//
// What belongs here: which functions the rules of all daemons may call, and what is done about
// faults in rules. What does not: finding the files (rules), and checking them (engine/check).
package program
