package relations

// Value is a 32-bit id. What it stands for depends on the type of its column: a number that
// fits into 31 bits is held in the id itself, everything else lies in a pool of the Store.
// Two values of one type are equal exactly when their ids are, but for text: a formatted text
// (a term) and a plain string may spell the same. Store.Canonical removes that difference.
type Value uint32

const (
	inlineBit Value = 1 << 31 // Number: the other 31 bits are the number itself
	termBit   Value = 1 << 31 // String: a formatted term; see term.go
)
