// Package parity compares what two northds write: the reference, Debian's ovn-northd, and ours.
//
// Each northd runs between its own pair of real ovsdb-servers. The Northbound is authored once,
// by the real ovn-nbctl in a third server that no northd watches, and its row changes are repeated
// in both Northbounds with the same row uuids, so that everything derived from a uuid (key order,
// stage hints) is comparable. After each step both Southbounds, and the Northbound columns that a
// northd writes, are rendered as text with natural names in place of uuids, one line a row, and
// the two texts must be equal. At the end of a scenario each northd is started over the other's
// Southbound, where it must write nothing.
//
// Scenarios are files in testdata (see Scenario for the format); Generate makes random ones. The
// tests take these flags:
//
//	-seeds N   number of random runs (default 3)
//	-seed S    seed of the first random run (default: from the clock; it is always printed)
//	-steps N   transactions of a random run (default 25)
//
// For example:
//
//	go test ./internal/parity -run Parity -count=1 -seeds=20
//
// They build woven-northd themselves. The reference is compared with itself too, which shows that a
// scenario has a single answer. A failure of a random run prints the run as a scenario, which can be
// shortened by hand and kept in testdata.
//
// What belongs here: starting servers for a comparison, reading them, rendering, comparing,
// scenarios. What does not: anything that a daemon needs to run, and expectations about single
// flows, which are golden cases.
package parity
