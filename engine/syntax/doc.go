// Package syntax reads .mg files into a tree that keeps positions, comments and the text of
// every clause. It wraps Mangle's parser and adds what its tree lacks; it decides nothing
// about meaning, which is the work of package check.
package syntax
