// Package sbdb writes the tables of the Southbound database that are too large to be facts:
// Logical_Flow and Logical_DP_Group.
//
// The program derives lflow(Scope, Stage, Priority, Match, Actions, Meter, Port, Hint) and
// scope_member(Scope, Dp). Flows that differ only in their scope are one row, whose datapaths
// are the union of the scopes' members; see ovn-sb(5). Of a row that is in the database nothing
// is kept but a hash of what it says, its uuid and its datapaths, so that a restart recognises
// the rows that are there.
//
// What belongs here: flows, scopes, sets of datapaths and their rows. What does not: all other
// tables, which are plain rows (bridge/tables).
package sbdb
