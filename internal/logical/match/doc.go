// Package match compiles the matches of logical flows (ovn-sb(5), Logical_Flow, "match") to OpenFlow
// matches.
//
// What belongs here: the grammar of expressions, what they need to know (Needs), their expansion to
// patterns of OpenFlow matches with conjunctive matches exactly where the reference makes them
// (Expand), and the functions for rules that stand on these. What does not: tokens
// (internal/logical/lex), the names of fields (internal/logical/symbol), the spelling of OpenFlow
// matches (bridge/openflow), and everything about databases.
package match
