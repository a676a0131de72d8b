// Package inspect lets users look into a running session over the control socket, in the form in
// which OVN's C daemons answer: the state of connections, counters, what each rule costs, and what
// cannot be used.
//
// What belongs here: commands that make sense for every daemon. What does not: commands about one
// daemon's own work.
package inspect
