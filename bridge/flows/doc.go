// Package flows makes a switch hold what the facts flow, group and meter say.
//
// A [Sink] is told what every transaction of the engine changed. It knows of each flow what the
// switch has, as a hash, so that only differences are sent: all of them in one atomic bundle, and
// one bundle at a time. What changes while the switch works is sent with the next one. When the
// switch is connected to, it is asked for what it has; a restart therefore touches only what
// differs. What the switch refuses is set aside as a problem, and the rest is sent without it.
//
// The program says which switch with switch_remote, and with switch_ready when its flows may be
// replaced; it is told of group_held and tunnel_field. rules/controller/openflow.mg declares all of
// these relations.
//
// What belongs here: the difference between what is wanted and what is there, its order, and what
// became of it. What does not: which flows there should be (rules/controller), how they are spelled
// and encoded (bridge/openflow), and the connection itself (bridge/openflow/conn).
package flows
