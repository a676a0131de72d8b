// Package published keeps copies of small relations that any goroutine may read while the
// evaluator works: what packet handlers answer from, and what status pages show. A reader takes a
// snapshot and sees all relations as of one batch, for as long as it likes.
//
// The copies hold Go values and not ids of a store, so that nothing has to be kept alive for a
// reader. That costs about 800 bytes a row and microseconds a change, hundreds of times what the
// evaluator's own relations cost: it is not for flows. What a relation is, and when it changes, is
// decided elsewhere; here is only the copy.
package published
