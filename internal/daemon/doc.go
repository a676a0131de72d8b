// Package daemon is the shell around a program that runs in the background as OVN's daemons do:
// the options of ovn-northd(8) that say how it runs, detaching, the monitor process, the pidfile,
// another user, signals, its log and its control socket. A main describes its program, adds its
// own options, and hands over the function that does the work. What that function does is not
// known here.
//
// A Go process cannot fork, so where the C daemons do, the program is started again with the same
// arguments, and the environment tells the copy which part it plays: see stage.
package daemon
