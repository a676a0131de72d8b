// Package check decides whether parsed files make a program, and works out what the engine
// needs to know of it: the type of every term, the relations, and the order of their
// computation.
//
// Every fault is found in one pass, in the order of files and positions, each with its place,
// the clause, what is wrong and a hint. The package evaluates nothing and knows no plan; it
// reads syntax trees and the registry of functions, and writes nothing but diagnostics.
package check
