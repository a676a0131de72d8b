// Package ovstest runs a real Open vSwitch with the dummy datapath, for tests and benchmarks: it
// needs no privileges, and no packet leaves it.
//
// What belongs here: starting, killing and asking that switch. What does not: networks of several
// hosts (package testbed), and anything that talks OpenFlow itself.
package ovstest
