// Package conn is one OpenFlow 1.5 connection to a switch that outlives the streams it consists of.
//
// A [Session] keeps a connection alive: it connects, agrees on the version, answers and asks for
// signs of life, and connects again. What a user sends goes through a [Link], which is one such
// stream after its handshake; a link that is lost takes nothing any more, so that what was meant
// for one life of the switch never reaches the next. Answers find who asked by the number (xid) of
// the message.
//
// What belongs here: remotes, framing, the version handshake, echoes, numbers of messages,
// barriers, answers in several parts, errors of the switch, and how much waits to be sent. What
// does not: what flows, groups and meters are (package openflow), and which of them a switch
// should have (package flows).
//
// The protocol is the OpenFlow Switch Specification 1.5.1, sections 6 and 7.
package conn
