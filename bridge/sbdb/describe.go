package sbdb

import (
	"encoding/hex"

	"woven/bridge/ovsdb"
	"woven/relations"
)

// describe adds all other columns of a flow.
func (p *Flows) describe(fact []relations.Value, cells []ovsdb.Cell) []ovsdb.Cell {
	stage := p.stages[fact[lflowStage]]
	pipeline := "egress"
	if stage.ingress {
		pipeline = "ingress"
	}
	text := func(column int) ovsdb.Value {
		p.buffer = p.store.AppendString(p.buffer[:0], fact[column])
		return ovsdb.String(p.buffer)
	}
	cells = append(cells, ovsdb.Cell{Column: "pipeline", Value: ovsdb.String(pipeline)},
		ovsdb.Cell{Column: "table_id", Value: ovsdb.Integer(stage.table)},
		ovsdb.Cell{Column: "priority", Value: ovsdb.Integer(p.store.Int(fact[lflowPriority]))},
		ovsdb.Cell{Column: "match", Value: text(lflowMatch)},
		ovsdb.Cell{Column: "actions", Value: text(lflowActions)})
	if meter := text(lflowMeter); len(p.buffer) > 0 {
		cells = append(cells, ovsdb.Cell{Column: "controller_meter", Value: meter})
	}
	if port := text(lflowPort); len(p.buffer) > 0 {
		cells = append(cells, ovsdb.Cell{Column: "tags",
			Value: ovsdb.Map(ovsdb.Pair{Key: ovsdb.String("in_out_port"), Value: port})})
	}
	ids := []ovsdb.Pair{{Key: ovsdb.String("stage-name"), Value: ovsdb.String(stage.name)}}
	if hint := p.store.UUIDOf(fact[lflowHint]); hint != ([16]byte{}) {
		ids = append(ids, ovsdb.Pair{Key: ovsdb.String("stage-hint"),
			Value: ovsdb.String(hex.EncodeToString(hint[:4]))})
	}
	// ovn-trace and ovn-detrace show where a flow comes from.
	if o, ok := p.engine.Origin(p.lflow, fact, lflowMatch, lflowActions); ok {
		ids = append(ids, ovsdb.Pair{Key: ovsdb.String("source"), Value: ovsdb.String(o.String())})
	}
	return append(cells, ovsdb.Cell{Column: "external_ids", Value: ovsdb.Map(ids...)})
}
