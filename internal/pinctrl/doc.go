// Package pinctrl answers packets that the switch hands to the controller: what logical flows do
// with nd_na, log, put_fdb, reject and the like. It has a connection of its own to the integration
// bridge, which ovn-controller(8) calls the pinctrl connection, and is a sink of a session's, so
// that it can follow where the bridge is and tell rules what packets taught it.
//
// Each such action sends the packet with an opcode, which chooses a row of the table of handlers.
// A handler is a pure function of the packet and of the action's data; most make a packet, which
// goes back to the switch with the actions that came along. A new opcode is a row and a file.
//
// What belongs here: the packets' formats, and what is made of them. What does not: which packets
// come here and what is done with the answers, which logical flows decide; what learnt things mean
// for the network, which rules decide; and OpenFlow itself, which is bridge/openflow's.
package pinctrl
