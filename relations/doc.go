// Package relations is the data model: what a value is, what a type is, and how values are
// stored so that a row of a relation is a handful of 32-bit numbers.
//
// It holds types, values and the pools behind them. It knows no rules, no databases'
// connections and no networks; the engine, the bridges and the tools all speak through it.
//
// A Value carries no type of its own. The column it stands in says what it means, and a Store
// turns the pair of type and value into text, numbers and addresses, and back.
package relations
