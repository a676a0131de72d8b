package action

// Actions that are a lookup in a table with no arguments: FIELD = chk_lb_hairpin(); and the like,
// and ct_snat_to_vip;

// lookup sets a bit to what a table answers.
type lookup struct {
	target field
	table  uint8
	flag   int
}

// detour sends the packet through a table that changes it.
type detour struct{ table uint8 }

// analyseLookup is the analysis of an action that asks this table, which answers with this bit of
// flags.
func analyseLookup(table uint8, flag int) func(*call) operation {
	return func(c *call) operation {
		c.none()
		return lookup{c.write(c.target, 1), table, flag}
	}
}

func (o lookup) encode(e *encoder) {
	e.ask(o.table, o.flag)
	e.answer(o.flag, o.target)
}

func (o detour) encode(e *encoder) { e.resubmit(o.table) }
