// Package logical is the language of logical flows (ovn-sb(5), Logical_Flow) as functions that
// rules call: what a match or an action needs to know, and the OpenFlow matches and actions that it
// becomes once that is known.
//
// The language has four parts, each with a folder: lex splits texts into tokens, symbol knows the
// names of fields, match compiles matches, action compiles actions.
//
// What belongs in this folder: the registry with all functions. What does not: the language itself,
// and where the flows and the values come from (rules/controller).
package logical
