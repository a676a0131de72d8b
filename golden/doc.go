// Package golden is the language of golden tests, and what runs them: plain text files that say
// what is put into the databases, and what the rules have to make of it. README.md describes the
// language.
//
// What belongs here: reading such files, running them on the engine in every way that must not
// make a difference, comparing, and writing files anew with what came out. What does not: the
// rules, and the package testing; the woven tool runs the same code as go test. The cases
// themselves lie in a folder for each daemon, mirroring its rules file by file.
package golden
