// Package examples holds files that woven's commands can be tried on, and embeds those that the
// tool itself shows.
//
// What belongs here: small networks and small programs, commented for newcomers. What does not:
// test cases, which lie in golden/.
package examples
