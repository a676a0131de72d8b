//go:build planted

package engine

import "os"

// fault is the planted mistake, which the environment variable WOVEN_FAULT names.
var fault = func() faultKind {
	kind, ok := map[string]faultKind{"": noFault, "old view": faultOldView, "key twice": faultKeyTwice,
		"uncounted": faultUncounted, "stays out": faultStaysOut, "cycle": faultCycle,
		"oneself": faultOneself, "kept": faultKept, "unheld": faultUnheld, "asleep": faultAsleep,
		"spelling": faultSpelling, "replaced": faultReplaced, "group undo": faultGroupUndo,
	}[os.Getenv("WOVEN_FAULT")]
	if !ok {
		panic("no fault is called " + os.Getenv("WOVEN_FAULT"))
	}
	return kind
}()
