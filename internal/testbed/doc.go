// Package testbed runs whole OVN stacks on one machine: databases, a northd, hypervisors with Open
// vSwitch and a controller, and virtual machines whose packets pass between them. Which programs
// are the northd and the controllers is the caller's choice, so that woven's and the reference's
// can be compared and mixed. Tests of packets and woven sandbox stand on it.
//
// A Bed holds a stack and ends all of it. With the userspace datapath hypervisors and machines are
// network namespaces, which needs root; with the dummy datapath ports are sockets, machines live in
// this process, and no privilege is needed.
//
// What belongs here: starting, ending and looking at real programs, and packets in and out. What
// does not: what a test expects of a network, which is in the e2e package below, fakes, and
// anything that a daemon of woven's needs.
package testbed
