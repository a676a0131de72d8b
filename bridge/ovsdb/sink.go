package ovsdb

// BatchKind says how the rows of a batch relate to those of earlier batches.
type BatchKind uint8

const (
	// BatchSnapshot is the first copy: all rows, each of them [ChangeInitial].
	BatchSnapshot BatchKind = iota + 1
	// BatchUpdate is what changed since the batch before, also across a reconnection.
	BatchUpdate
	// BatchResync is again a copy of all rows, each of them [ChangeInitial]; a row of earlier
	// batches that it does not mention is gone, and a mentioned row has exactly these values.
	BatchResync
)

// String is the kind in words.
func (k BatchKind) String() string {
	switch k {
	case BatchSnapshot:
		return "snapshot"
	case BatchUpdate:
		return "update"
	case BatchResync:
		return "resync"
	}
	return "unknown"
}

// Change says what happened to a row.
type Change uint8

const (
	// ChangeInitial is a row of a snapshot or resync. Columns that are not listed have their
	// type's default value.
	ChangeInitial Change = iota + 1
	// ChangeInsert is a row that is new, or that a monitor condition now admits. Columns that are
	// not listed have their type's default value.
	ChangeInsert
	// ChangeModify lists columns that changed. See [ColumnValue] for how.
	ChangeModify
	// ChangeDelete is a row that is gone, or that no monitor condition admits any more; it lists
	// no columns.
	ChangeDelete
)

// String is the change in words.
func (c Change) String() string {
	switch c {
	case ChangeInitial:
		return "initial"
	case ChangeInsert:
		return "insert"
	case ChangeModify:
		return "modify"
	case ChangeDelete:
		return "delete"
	}
	return "unknown"
}

// MonitoredTable is a requested table as the connected server has it.
type MonitoredTable struct {
	*Table
	// Index is the table's position in Config.Tables; it is the same on every connection.
	Index int

	columns map[string]monitoredColumn
}

// monitoredColumn is a column and its position in TableRequest.Columns.
type monitoredColumn struct {
	*Column
	index int
}

// ColumnValue is one column of a row in a batch.
type ColumnValue struct {
	Column *Column
	// Index is the column's position in TableRequest.Columns; it is the same on every connection.
	Index int
	// Diff says that Datum is a difference to the value before. Of a set, each element changes
	// sides: present ones go, absent ones come. Of a map, a pair that was there exactly like this
	// goes, a pair with another value replaces that value, any other pair comes.
	// Without Diff, Datum is the whole new value.
	Diff  bool
	Datum Datum
}

// Batch describes a batch to come.
type Batch struct {
	Kind BatchKind
	// Schema is the connected server's. The pointer changes when the schema may have changed.
	Schema *Schema
	// Transaction is the identity of the last transaction that the batch includes; zero when the
	// server keeps no history.
	Transaction UUID
}

// Sink takes what a session reads. All calls come from the session's goroutine. Nothing that is
// passed to Row may be kept after it returns, except the pointers to tables and columns.
type Sink interface {
	// Begin starts a batch.
	Begin(Batch)
	// Row tells of one row; a batch mentions a row at most once.
	Row(table *MonitoredTable, row UUID, change Change, values []ColumnValue)
	// End closes the batch: everything up to here is one consistent state of the database.
	End()
	// Abort closes the batch instead of End when the rest of it turned out to be unreadable. What
	// was told since Begin is no consistent state; the next batch will be a BatchResync (or, if
	// there was none before, a BatchSnapshot) and override it.
	Abort()
}
