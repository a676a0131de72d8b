package ovsdb

// updateForm is one of the two forms in which a server tells of changes.
type updateForm uint8

const (
	// formOldNew is <table-updates> of RFC 7047 section 4.1.6: whole old and new rows.
	formOldNew updateForm = iota + 1
	// formDiff is <table-updates2> of ovsdb-server(7) section 4.1.14: one change with differences.
	formDiff
)

// decoder reads table updates from a message straight into typed values, and hands each row to a
// sink. Its memory is used again for each row.
type decoder struct {
	scanner
	tables map[string]*MonitoredTable
	sink   Sink
	form   updateForm
	// initial is set when what is read is a first copy, in which form formOldNew has no word for it.
	initial bool

	row    []ColumnValue
	keys   []Atom
	values []Atom
}

// updates reads a <table-updates> or <table-updates2> object.
func (d *decoder) updates() {
	d.expect('{')
	for first := true; d.more('}', first); first = false {
		name := d.key()
		table := d.tables[string(name)]
		if table == nil {
			if d.failure == nil {
				d.fail("an update of table %q, which is not monitored", abbreviate(string(name)))
			}
			return
		}
		d.rows(table)
	}
}

// rows reads the rows of one table.
func (d *decoder) rows(table *MonitoredTable) {
	d.expect('{')
	for first := true; d.more('}', first); first = false {
		at := d.at
		row, err := ParseUUID(d.key())
		if d.failure != nil {
			return
		}
		if err != nil {
			d.at = at
			d.fail("table %s: %w", table.Name, err)
			return
		}
		var change Change
		d.row, d.keys, d.values = d.row[:0], d.keys[:0], d.values[:0]
		if d.form == formDiff {
			change = d.diffRow(table)
		} else {
			change = d.oldNewRow(table)
		}
		if d.failure != nil {
			return
		}
		d.sink.Row(table, row, change, d.row)
	}
}

// diffRow reads a <row-update2>.
func (d *decoder) diffRow(table *MonitoredTable) (change Change) {
	d.expect('{')
	switch kind := d.key(); string(kind) {
	case "initial":
		change = ChangeInitial
		d.columns(table, false)
	case "insert":
		change = ChangeInsert
		d.columns(table, false)
	case "modify":
		change = ChangeModify
		d.columns(table, true)
	case "delete":
		change = ChangeDelete
		d.skip()
	default:
		d.fail("table %s: unknown change %q of a row", table.Name, abbreviate(string(kind)))
	}
	d.expect('}')
	return change
}

// oldNewRow reads a <row-update>. Of a modified row all columns are told, as new values.
func (d *decoder) oldNewRow(table *MonitoredTable) Change {
	d.expect('{')
	isOld, isNew := false, false
	for first := true; d.more('}', first); first = false {
		switch kind := d.key(); string(kind) {
		case "old":
			isOld = true
			d.skip()
		case "new":
			isNew = true
			d.columns(table, false)
		default:
			d.fail("table %s: unknown member %q of a row", table.Name, abbreviate(string(kind)))
		}
	}
	switch {
	case isOld && isNew:
		return ChangeModify
	case isOld:
		return ChangeDelete
	case d.initial:
		return ChangeInitial
	}
	return ChangeInsert
}

// columns reads a <row>.
func (d *decoder) columns(table *MonitoredTable, diff bool) {
	d.expect('{')
	for first := true; d.more('}', first); first = false {
		name := d.key()
		column, known := table.columns[string(name)]
		if !known {
			// Old servers send _uuid or _version unasked.
			d.skip()
			continue
		}
		datum := d.datum(&column.Type)
		if d.failure != nil {
			return
		}
		d.row = append(d.row, ColumnValue{
			Column: column.Column,
			Index:  column.index,
			Diff:   diff && column.Type.HasDiff(),
			Datum:  datum,
		})
	}
}

// datum reads a <value> of a column of the given type.
func (d *decoder) datum(columnType *ColumnType) Datum {
	firstKey, firstValue := len(d.keys), len(d.values)
	switch {
	case columnType.Value != nil:
		d.openList("map")
		for first := true; d.more(']', first); first = false {
			d.expect('[')
			d.keys = append(d.keys, d.atom(columnType.Key.Atom))
			d.expect(',')
			d.values = append(d.values, d.atom(columnType.Value.Atom))
			d.expect(']')
		}
		d.expect(']')
		return Datum{
			Keys:   d.keys[firstKey:len(d.keys):len(d.keys)],
			Values: d.values[firstValue:len(d.values):len(d.values)],
		}
	case d.atSet():
		d.openList("set")
		for first := true; d.more(']', first); first = false {
			d.keys = append(d.keys, d.atom(columnType.Key.Atom))
		}
		d.expect(']')
	default:
		d.keys = append(d.keys, d.atom(columnType.Key.Atom))
	}
	return Datum{Keys: d.keys[firstKey:len(d.keys):len(d.keys)]}
}

// atSet reports whether what comes is a set: an array that is no UUID.
func (d *decoder) atSet() bool {
	if d.peek() != '[' {
		return false
	}
	ahead := scanner{bytes: d.bytes, at: d.at + 1}
	return ahead.peek() == '"' && ahead.at+1 < len(ahead.bytes) && ahead.bytes[ahead.at+1] == 's'
}

// openList reads the start of ["set", [...]] or ["map", [...]], up to the inner bracket.
func (d *decoder) openList(word string) {
	d.expect('[')
	if tag := d.text(); string(tag) != word && d.failure == nil {
		d.fail("a %s expected instead of a %q", word, abbreviate(string(tag)))
	}
	d.expect(',')
	d.expect('[')
}

// atom reads an <atom>.
func (d *decoder) atom(atomType AtomType) Atom {
	switch atomType {
	case TypeInteger:
		return Atom{number: uint64(d.integer())}
	case TypeReal:
		return atomOfReal(d.real())
	case TypeBoolean:
		if d.boolean() {
			return Atom{number: 1}
		}
		return Atom{}
	case TypeString:
		return Atom{text: d.text()}
	}
	return Atom{uuid: d.uuid()}
}
