// Package naive evaluates a program from its syntax tree in the plainest way there is, and is
// the truth that the incremental engine is tested against.
//
// It computes everything from the base facts each time: level by level, each level until
// nothing new appears, every rule by nested loops over its body. Types are found out while
// values flow, texts are always written out, and two values are the same when they are spelled
// the same. It shares the parser, the registry of functions and the pools of values with the
// engine; it shares no check, no strata, no rewriting and no plan, so that a mistake in one of
// those shows as a difference.
//
// What belongs here is what makes the meaning of the language clearer. Speed does not.
package naive
