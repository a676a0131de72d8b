package action

import (
	"woven/bridge/openflow"
	"woven/internal/logical/lex"
	"woven/internal/logical/symbol"
)

// Connection tracking: ct_next, ct_commit, ct_commit_nat, ct_clear.

// trackNext sends the packet through the connection tracker to the next table.
type trackNext struct {
	at          place
	commit, nat bool
}

// commit remembers the connection. Its operations set ct_mark and ct_label.
type commit struct{ marks []operation }

// commitOld is the commit of older northds, with arguments in parentheses. Numbers are cut to the
// width of their field. Unlike the newer form, it uses the zone of a switch on routers too.
type commitOld struct{ mark, label place }

type clearTracking struct{}

func analyseTrack(commit, nat bool) func(*call) operation {
	return func(c *call) operation { return trackNext{c.at, commit, nat} }
}

func analyseCommit(c *call) operation {
	switch c.use {
	case braced:
		return commit{c.nested(c.braces, c.prerequisite, symbol.InCTCommit)}
	case called:
		return analyseCommitOld(c)
	}
	return commit{}
}

func analyseCommitOld(c *call) operation {
	const form = "ct_commit(ct_mark=1/1, ct_label=2/3)"
	var o commitOld
	c.named(form, func(name string, at place, value *operand) {
		s := c.set(value)
		if len(s.places) != 1 || s.texts {
			c.fail(value.at(), "a number has to be written here, with a mask or without")
			return
		}
		switch name {
		case "ct_mark":
			o.mark = s.places[0]
		case "ct_label":
			o.label = s.places[0]
		default:
			c.fail(at, "the arguments are ct_mark and ct_label: %s", form)
		}
	})
	return o
}

func (o trackNext) encode(e *encoder) {
	ct := openflow.CT{Commit: o.commit, Table: e.next(o.at), ZoneSource: e.zone()}
	if o.nat {
		ct.NAT = &openflow.NAT{}
	}
	e.emit(ct)
}

// ovn-controller 23.03.1 loses actions that stand before a ct_commit, but for the first, and with
// them the commit itself; later versions do not, nor does this.
func (o commit) encode(e *encoder) { e.commit(e.zone(), e.inside(o.marks)) }

// commit commits the connection in a zone.
func (e *encoder) commit(zone openflow.Subfield, marks []openflow.Action) {
	ct := openflow.CT{Commit: true, Table: openflow.NoTable, ZoneSource: zone, Exec: marks}
	// Connections that were translated and ones that were only tracked may have the same addresses
	// and ports; where the datapath can, translating to any source keeps them apart.
	if value, ok := e.lookup("capability", "ct_zero_snat"); ok && (e.trial() || value == "true") {
		ct.NAT = &openflow.NAT{Source: true}
	}
	e.emit(ct)
}

func (o commitOld) encode(e *encoder) {
	var marks []openflow.Action
	for _, m := range []struct {
		field openflow.Field
		value place
	}{{openflow.FieldCTMark, o.mark}, {openflow.FieldCTLabel, o.label}} {
		if m.value == 0 {
			continue
		}
		t := e.token(m.value)
		mask := m.field.Mask()
		if t.Kind == lex.Masked {
			mask = mask.And(t.Mask)
		}
		if !mask.IsZero() {
			marks = append(marks, openflow.SetField{Field: m.field, Value: t.Value.And(mask), Mask: mask})
		}
	}
	e.commit(portZone, marks)
}

func (clearTracking) encode(e *encoder) { e.emit(openflow.CTClear{}) }
