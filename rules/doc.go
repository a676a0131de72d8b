// Package rules holds all networking logic, as Mangle files, and hands them out: those embedded
// in the binary, or those in a folder that replaces them.
//
// A subfolder is a daemon's rules, ordered by feature; schema/ holds the generated declarations
// of the databases' tables. What belongs here besides them: finding and ordering the files. What
// does not: parsing and checking, which are the engine's.
package rules
