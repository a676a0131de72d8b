// Package controller is woven-controller: the daemon that does the work of ovn-controller(8). It
// runs the rules of rules/controller between the local Open_vSwitch database, the Southbound and
// the integration bridge.
//
// What belongs here: the command line, the control socket, and what the daemon knows of its host.
// What does not: anything about ports, tunnels or flows, which is rules', and the order of things,
// which is internal/session's.
package controller
