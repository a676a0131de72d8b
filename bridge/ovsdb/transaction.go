package ovsdb

import (
	"fmt"
	"strconv"
	"time"
)

// Transaction is a list of operations that happen together or not at all (RFC 7047 section 5.2).
// Its methods append an operation and return that operation's index, by which [Result] tells
// errors. The zero Transaction is ready to use. It is not safe for concurrent use, and must not be
// changed after it was handed over.
//
// An operation that cannot be encoded, for example with text that is no UTF-8, makes the whole
// transaction end with that error and the outcome Refused; nothing of it is sent.
type Transaction struct {
	operations []byte // joined by commas
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
func (t *Transaction) Insert(insertion Insertion) int {
	op := t.begin("insert")
	op.member("table").text(insertion.Table)
	if insertion.Name != "" {
		op.member("uuid-name").text(insertion.Name)
	}
	if !insertion.UUID.IsZero() {
		op.member("uuid").text(insertion.UUID.String())
	}
	op.member("row").row(insertion.Row)
	return op.end()
}

// Update sets columns of all rows that meet the conditions.
func (t *Transaction) Update(table string, where []Condition, row []Cell) int {
	op := t.begin("update")
	op.member("table").text(table)
	op.member("where").conditions(where)
	op.member("row").row(row)
	return op.end()
}

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
	op := t.begin("mutate")
	op.member("table").text(table)
	op.member("where").conditions(where)
	op.member("mutations").raw("[")
	for i := range mutations {
		if i > 0 {
			op.raw(",")
		}
		op.raw("[").text(mutations[i].Column).raw(",").text(string(mutations[i].Mutator)).raw(",")
		op.value(mutations[i].Column, &mutations[i].Value).raw("]")
	}
	op.raw("]")
	return op.end()
}

// Delete removes all rows that meet the conditions.
func (t *Transaction) Delete(table string, where []Condition) int {
	op := t.begin("delete")
	op.member("table").text(table)
	op.member("where").conditions(where)
	return op.end()
}

// Wait makes the transaction wait until the rows that meet the conditions have, in the given
// columns, exactly the given values (or, when equal is false, others), and fail with "timed out"
// when they have not within the timeout, which is counted in whole milliseconds.
func (t *Transaction) Wait(table string, where []Condition, equal bool, columns []string,
	rows [][]Cell, timeout time.Duration) int {
	op := t.begin("wait")
	op.member("timeout").raw(strconv.FormatInt(timeout.Milliseconds(), 10))
	op.member("table").text(table)
	op.member("where").conditions(where)
	op.member("columns").raw("[")
	for i, column := range columns {
		if i > 0 {
			op.raw(",")
		}
		op.text(column)
	}
	op.raw("]")
	if equal {
		op.member("until").text("==")
	} else {
		op.member("until").text("!=")
	}
	op.member("rows").raw("[")
	for i, row := range rows {
		if i > 0 {
			op.raw(",")
		}
		op.row(row)
	}
	op.raw("]")
	return op.end()
}

// Verify makes the transaction fail with "timed out" unless the row exists and has these values.
func (t *Transaction) Verify(table string, row UUID, cells []Cell) int {
	columns := make([]string, len(cells))
	for i := range cells {
		columns[i] = cells[i].Column
	}
	return t.Wait(table, []Condition{RowIs(row)}, true, columns, [][]Cell{cells}, 0)
}

// Assert makes the transaction fail with "not owner" unless the session holds the lock.
func (t *Transaction) Assert(lock string) int {
	op := t.begin("assert")
	op.member("lock").text(lock)
	return op.end()
}

// Comment adds a text for the server's log.
func (t *Transaction) Comment(text string) int {
	op := t.begin("comment")
	op.member("comment").text(text)
	return op.end()
}

// Len is the number of operations.
func (t *Transaction) Len() int { return t.count }

// Size is the number of bytes that the operations take in the message.
func (t *Transaction) Size() int { return len(t.operations) }

// operation is an operation that is being appended to a transaction.
type operation struct {
	transaction *Transaction
	start       int // where it began, to take it back
	err         error
}

func (t *Transaction) begin(name string) *operation {
	op := &operation{transaction: t, start: len(t.operations)}
	if len(t.operations) > 0 {
		op.raw(",")
	}
	return op.raw(`{"op":"`).raw(name).raw(`"`)
}

// end closes the operation, or takes it back if it cannot be encoded, and returns its index.
func (op *operation) end() int {
	t := op.transaction
	index := t.count
	t.count++
	if op.err != nil {
		t.operations = t.operations[:op.start]
		t.errors = append(t.errors, OperationError{Index: index, Name: "invalid value", Details: op.err.Error()})
		return index
	}
	op.raw("}")
	return index
}

func (op *operation) raw(text string) *operation {
	op.transaction.operations = append(op.transaction.operations, text...)
	return op
}

func (op *operation) member(name string) *operation {
	return op.raw(`,"`).raw(name).raw(`":`)
}

// keep takes over the bytes with something appended, and the first error.
func (op *operation) keep(bytes []byte, err error) *operation {
	op.transaction.operations = bytes
	if op.err == nil {
		op.err = err
	}
	return op
}

func (op *operation) text(text string) *operation {
	return op.keep(appendText(op.transaction.operations, text))
}

func (op *operation) conditions(where []Condition) *operation {
	return op.keep(appendConditions(op.transaction.operations, where))
}

func (op *operation) value(column string, value *Value) *operation {
	bytes, err := value.append(op.transaction.operations)
	if err != nil {
		err = fmt.Errorf("column %s: %w", column, err)
	}
	return op.keep(bytes, err)
}

func (op *operation) row(cells []Cell) *operation {
	op.raw("{")
	for i := range cells {
		if i > 0 {
			op.raw(",")
		}
		op.text(cells[i].Column).raw(":").value(cells[i].Column, &cells[i].Value)
	}
	return op.raw("}")
}
