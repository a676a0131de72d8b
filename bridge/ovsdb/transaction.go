package ovsdb

import "time"

// Transaction is a list of operations that happen together or not at all (RFC 7047 section 5.2).
// Its methods append an operation and return that operation's index, by which [Result] tells
// errors. It is not safe for concurrent use, and must not be changed after it was handed over.
type Transaction struct {
	operations []byte
	count      int
	errors     []OperationError
}

// Cell is a column and its value in a row to write.
type Cell struct {
	Column string
	Value  Value
}

// Insertion describes a row to insert.
type Insertion struct {
	Table string
	// Name is how NamedReference refers to the row in this transaction; empty for no name.
	// It must be an identifier: letters, digits and underscores, no digit first.
	Name string
	// UUID is the row's identity; zero lets the server choose.
	UUID UUID
	Row  []Cell
}

// Insert adds a row.
func (t *Transaction) Insert(insertion Insertion) int { panic("skeleton") }

// Update sets columns of all rows that meet the conditions.
func (t *Transaction) Update(table string, where []Condition, row []Cell) int { panic("skeleton") }

// Mutator is how a Mutation changes a column (RFC 7047 section 5.1).
type Mutator string

// The mutators. MutateInsert does not change the value of a key that is already in a map;
// MutateDelete takes a set, a map, or for a map a set of keys.
const (
	MutateInsert   Mutator = "insert"
	MutateDelete   Mutator = "delete"
	MutateAdd      Mutator = "+="
	MutateSubtract Mutator = "-="
	MutateMultiply Mutator = "*="
	MutateDivide   Mutator = "/="
	MutateModulo   Mutator = "%="
)

// Mutation changes a column relative to its present value.
type Mutation struct {
	Column  string
	Mutator Mutator
	Value   Value
}

// Mutate changes columns of all rows that meet the conditions.
func (t *Transaction) Mutate(table string, where []Condition, mutations []Mutation) int {
	panic("skeleton")
}

// Delete removes all rows that meet the conditions.
func (t *Transaction) Delete(table string, where []Condition) int { panic("skeleton") }

// Wait makes the transaction wait until the rows that meet the conditions have, in the given
// columns, exactly the given values (or, when equal is false, others), and fail with "timed out"
// when they have not within the timeout.
func (t *Transaction) Wait(table string, where []Condition, equal bool, columns []string,
	rows [][]Cell, timeout time.Duration) int {
	panic("skeleton")
}

// Verify makes the transaction fail with "timed out" unless the row exists and has these values.
func (t *Transaction) Verify(table string, row UUID, cells []Cell) int { panic("skeleton") }

// Assert makes the transaction fail with "not owner" unless the session holds the lock.
func (t *Transaction) Assert(lock string) int { panic("skeleton") }

// Comment adds a text for the server's log.
func (t *Transaction) Comment(text string) int { panic("skeleton") }

// Len is the number of operations.
func (t *Transaction) Len() int { return t.count }

// Size is the number of bytes that the operations take in the message.
func (t *Transaction) Size() int { return len(t.operations) }
