// Package tool is the body of the command woven: a file for each subcommand.
//
// What belongs here: command lines, reading programs and facts from files, and printing for
// people and for programs. What does not: deciding anything about networks, which the rules do,
// evaluating, which the engine does, and the language of logical flows, which internal/trace
// reads.
package tool
