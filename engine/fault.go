package engine

// faultKind is a mistake that can be planted into the engine, to see that the tests find it. An
// engine that is built without the tag planted has none, and none of the code for them.
type faultKind uint8

const (
	noFault        faultKind = iota
	faultOldView             // a self-join reads the new state on both sides
	faultKeyTwice            // under negation, every row of a changed key counts
	faultUncounted           // a value that leaves a group once leaves it for good
	faultStaysOut            // what was deleted too much is not put back
	faultCycle               // what holds itself up in a circle stays
	faultOneself             // a row that joins with itself in a component is counted twice
	faultKept                // a row that is forgotten keeps its values
	faultUnheld              // a row does not hold its values
	faultAsleep              // nobody is told that numbers became free
	faultSpelling            // a term is compared where its text should be
	faultReplaced            // a replaced program keeps rows whose inputs changed
	faultGroupUndo           // groups are not taken back
)
