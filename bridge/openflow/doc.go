// Package openflow is the language of OpenFlow 1.5 with Open vSwitch's extensions, as far as OVN
// speaks it: flows, groups and meters as values, their text, and their bytes.
//
// A [Match], a list of [Action], a [Flow], a [Group] and a [Meter] are the one form that everything
// else is made from. Their String methods spell them exactly as ovs-ofctl(8) does in dump-flows
// --no-stats --no-names, dump-groups and dump-meters, so that equal values have equal texts; the
// Parse functions read that spelling and the aliases that ovs-ofctl accepts beside it. AppendMatch
// and AppendActions write what goes over the wire, DecodeMatch and DecodeActions read it back. The
// fields are those of ovs-fields(7), the actions those of ovs-actions(7).
//
// Around them are the messages of one connection, each a small struct with an Append method, or a
// Decode function, or both. Decoding never panics: bytes that are not understood are an error.
//
// What belongs here: fields, matches, actions, flows, groups, meters, messages, their spelling and
// their encoding. What does not: sockets, framing and handshakes (openflow/conn), what a switch
// should hold (bridge/flows), and the logical flows' own language (internal/logical).
package openflow
