// Package check decides whether parsed files make a program, and works out what the engine
// needs to know of it: the type of every term, the relations, and the order of their
// computation.
//
// Every fault is found in one pass, in the order of files and positions, each with its place,
// the clause, what is wrong and a hint. Each kind of finding has a code; testdata holds a case
// of every one. The package evaluates nothing and knows no plan; it reads syntax trees and the
// registry of functions, and writes nothing but diagnostics.
//
// # Annotations
//
// These annotations of a Decl are known; others are kept for the bridges:
//   - doc("..."): what one fact means; asked of a relation that other files use;
//   - extensional(): the facts come from outside, and no clause derives them;
//   - output(), published(): the changes are delivered, or readers see a snapshot;
//   - singleton(): there is at most one fact, which can meet anything;
//   - allocator("owners", "ranges", "requests", "held") and components("edges"): an operator of
//     the engine's keeps the facts;
//   - after, key, owned, initial: read by the bridges.
//
// Three findings can be answered by saying why they are meant, in the Decl of the relation that
// is derived or in the comment above one clause:
//   - cross("why"), # woven:cross why: the body's parts share no variable;
//   - bounded("why"), # woven:bounded why: a recursion computes values, and comes to an end;
//   - feedback("why"), # woven:feedback why: a column is read that the program writes.
package check
