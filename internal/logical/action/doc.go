// Package action compiles the actions of logical flows (ovn-sb(5), Logical_Flow, "actions") to
// OpenFlow actions.
//
// A text goes through four stages. It is split into tokens (internal/logical/lex). It is parsed,
// once for all texts that differ in their constants only, which is what a template is. The
// template's actions are analysed with the table of all actions, rows: what their names and
// arguments mean, which fields they touch, and what they demand of a packet. The result is a list
// of operations, which an encoder turns into OpenFlow actions as often as needed, with the
// constants of one text and the circumstances of one flow. An encoder that is not told any
// circumstances finds out which ones would matter, and whether the constants are acceptable.
//
// To add an action, write an operation (its analysis and its encoding) and add a row to the table.
//
// What belongs here: the grammar of actions, the table, the operations, and the functions for rules
// that stand on these. What does not: tokens (internal/logical/lex), the names of fields
// (internal/logical/symbol), the spelling and the bytes of OpenFlow actions (bridge/openflow), and
// everything about databases.
package action
