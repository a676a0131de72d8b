// Package oracle has the installed ovn-controller compile logical flows, so that tests can compare
// what woven makes of a match or of actions with what the reference makes of them.
//
// An Oracle is a Southbound, an Open vSwitch on the dummy datapath, and an ovn-controller between
// them, with one logical switch and one logical router whose ports are bound here. Logical flows are
// written into the Southbound directly; no northd runs.
//
// What belongs here: starting this stack, and OpenFlow flows for logical flows. What does not: what
// a test expects of them.
package oracle
