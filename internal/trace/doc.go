// Package trace follows one packet through logical flows, table by table, the way ovn-trace(8)
// does.
//
// What belongs here: as much of the match and action language of ovn-sb(5) as plain switches use,
// read straight into something that can be evaluated on a packet, and the course of a packet. What
// does not: making flows, and where they come from. The full language, which compiles to
// OpenFlow, will have a package of its own, and this one will then stand on it.
package trace
