package sbdb

import "woven/bridge/ovsdb"

// The columns of Logical_Flow that are read, in the order of flowColumns.
const (
	columnPipeline = iota
	columnTable
	columnPriority
	columnMatch
	columnActions
	columnMeter
	columnDatapath
	columnGroup
)

var flowColumns = []string{"pipeline", "table_id", "priority", "match", "actions",
	"controller_meter", "logical_datapath", "logical_dp_group"}

// flowRows takes the rows of Logical_Flow.
type flowRows struct{ p *Flows }

// Begin implements [tables.RowHandler].
func (h flowRows) Begin(kind ovsdb.BatchKind) {
	h.p.resync = kind == ovsdb.BatchResync
	if !h.p.resync {
		return
	}
	clear(h.p.strays)
	h.p.flows.each(func(_ uint32, x *flow) {
		if !x.row.IsZero() {
			x.flags |= flowUnseen
		}
	})
}

// End implements [tables.RowHandler].
func (h flowRows) End(ok bool) {
	h.p.broken = !ok
	if !ok || !h.p.resync {
		return
	}
	h.p.flows.each(func(id uint32, x *flow) {
		if x.flags&flowUnseen != 0 {
			h.p.lostRow(id)
		}
	})
}

// Row implements [tables.RowHandler].
func (h flowRows) Row(_ *ovsdb.MonitoredTable, row ovsdb.UUID, change ovsdb.Change,
	values []ovsdb.ColumnValue) {
	switch change {
	case ovsdb.ChangeDelete:
		delete(h.p.strays, row)
		if id := h.p.flows.ofRow(row); id != none {
			h.p.lostRow(id)
		}
	case ovsdb.ChangeModify:
		h.modify(row, values)
	default:
		h.insert(row, values)
	}
}

// lostRow notes that a flow's row is gone.
func (p *Flows) lostRow(id uint32) {
	x := p.flows.at(id)
	x.flags &^= flowUnseen
	p.flows.setRow(id, ovsdb.UUID{})
	p.setTarget(id, none)
	p.revive(id)
	p.queue(id)
}

// setTarget notes what a flow's row refers to.
func (p *Flows) setTarget(id, to uint32) {
	x := p.flows.at(id)
	from := x.target
	x.target = to
	if to != none {
		p.sets.targets[to].flows++
	}
	if from != none {
		p.sets.targets[from].flows--
		p.sets.tidy(from)
	}
}

// insert takes a row as a whole.
func (h flowRows) insert(row ovsdb.UUID, values []ovsdb.ColumnValue) {
	var columns [flowColumnCount]ovsdb.Datum
	for i := range values {
		columns[values[i].Index] = values[i].Datum
	}
	p := h.p
	text := func(c int) []byte {
		if columns[c].Len() == 0 {
			return nil
		}
		return columns[c].Keys[0].Text()
	}
	number := func(c int) int64 {
		if columns[c].Len() == 0 {
			return 0
		}
		return columns[c].Keys[0].Integer()
	}
	b := appendHead(p.buffer[:0], string(text(columnPipeline)) == "ingress", number(columnTable),
		number(columnPriority))
	b = append(append(b, text(columnMatch)...), 0)
	b = append(append(b, text(columnActions)...), 0)
	b = append(b, text(columnMeter)...)
	p.buffer = b
	id := p.flows.find(digestOf(b), true)
	x := p.flows.at(id)
	if !x.row.IsZero() && x.row != row && x.flags&flowUnseen == 0 {
		p.strays[row] = true // another row says the same
		return
	}
	x.flags &^= flowUnseen
	p.flows.setRow(id, row)
	p.setTarget(id, p.targetOfRow(referenceIn(columns[columnDatapath]),
		referenceIn(columns[columnGroup])))
	p.queue(id)
}

const flowColumnCount = columnGroup + 1

// referenceIn is what an optional reference refers to; zero if it is absent.
func referenceIn(datum ovsdb.Datum) ovsdb.UUID {
	if datum.Len() == 0 {
		return ovsdb.UUID{}
	}
	return datum.Keys[0].UUID()
}

// targetOfRow is what a row's two columns refer to: none if that is nothing, or both.
func (p *Flows) targetOfRow(datapath, group ovsdb.UUID) uint32 {
	switch {
	case group.IsZero() && !datapath.IsZero():
		return p.sets.targetOf(datapath, false)
	case datapath.IsZero() && !group.IsZero():
		return p.sets.targetOf(group, true)
	}
	return none
}

// modify takes the columns of a row that changed. Nobody should change what a flow says; a row
// that does say something else is not ours any more.
func (h flowRows) modify(row ovsdb.UUID, values []ovsdb.ColumnValue) {
	p := h.p
	id := p.flows.ofRow(row)
	if id == none {
		return
	}
	x := p.flows.at(id)
	var datapath, group ovsdb.UUID
	if x.target != none {
		if t := &p.sets.targets[x.target]; t.isGroup {
			group = t.row
		} else {
			datapath = t.row
		}
	}
	for i := range values {
		switch values[i].Index {
		case columnDatapath:
			datapath = referenceIn(values[i].Datum)
		case columnGroup:
			group = referenceIn(values[i].Datum)
		default:
			p.lostRow(id)
			p.strays[row] = true
			return
		}
	}
	p.setTarget(id, p.targetOfRow(datapath, group))
	p.revive(id)
	p.queue(id)
}
