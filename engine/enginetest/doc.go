// Package enginetest makes random programs and random changes of their base facts, and drives
// an engine through them next to the naive evaluator.
//
// It belongs to tests alone. A generated program passes the checker by construction; what each
// of them exercised is counted in a Census, so that a test can see what its run never tried.
// The engine under test is a System, which keeps this package free of it.
package enginetest
