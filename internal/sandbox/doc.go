// Package sandbox is the body of woven sandbox: a whole OVN on one machine to play with, with an
// example network whose machines can be pinged.
//
// What belongs here: the example, and how a person at a shell reaches the parts of it. What does
// not: starting and ending programs, which internal/testbed does for tests just as well.
package sandbox
