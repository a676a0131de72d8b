// Package symbol holds the names that matches and actions of logical flows may use for fields of
// packets, parts of fields, and conditions (ovn-sb(5), Logical_Flow, "Symbols").
//
// What belongs here: one row for each name, with its width, what it stands for and what its use
// demands of a packet. What does not: how expressions are read and compiled
// (internal/logical/match), and what fields look like in OpenFlow (bridge/openflow).
package symbol
