// Package lex splits matches and actions of logical flows, the language of ovn-sb(5)
// (Logical_Flow), into tokens.
//
// What belongs here: tokens with their places in the text, how constants are read and spelled,
// and the errors in them. What does not: which tokens may follow each other (internal/logical/match
// and internal/logical/action), and what names mean (internal/logical/symbol).
package lex
