package action

// What moves packets on: output; next; next(TABLE); next(pipeline=PIPELINE, table=TABLE);

// output ends the pipeline.
type output struct{}

// next goes on in another logical table.
type next struct {
	at     place
	egress *bool // nil for the flow's own pipeline
	table  place // of the number, 0 for the table after the flow's
}

func analyseNext(c *call) operation {
	const form = "next(pipeline=ingress, table=3)"
	n := next{at: c.at}
	if c.arguments == nil {
		return n
	}
	if list := c.arguments.List; len(list) > 0 && list[0].Key == nil {
		n.table = c.decimal(c.exactly(1, form)[0])
		return n
	}
	for i, g := range c.arguments.List {
		last := i == len(c.arguments.List)-1
		if (g.Separator == nil) != last {
			c.fail(g.end(c.arguments.List, i, at(c.arguments.Close)), "write commas between arguments: %s",
				form)
		}
	}
	if len(c.arguments.List) == 0 {
		c.fail(at(c.arguments.Close), "a table has to be written here: %s", form)
	}
	c.named(form, func(name string, at place, value *operand) {
		switch name {
		case "pipeline":
			n.egress = c.pipeline(value)
		case "table":
			n.table = c.decimal(value)
		default:
			c.fail(at, "the arguments are pipeline and table: %s", form)
		}
	})
	return n
}

func (c *call) pipeline(value *operand) *bool {
	w := c.word(value, "ingress or egress")
	if w != "ingress" && w != "egress" {
		c.fail(value.at(), "ingress or egress has to be written here")
	}
	egress := w == "egress"
	return &egress
}

func (n next) encode(e *encoder) {
	egress, table := e.Egress, e.Table+1
	if n.egress != nil {
		egress = *n.egress
	}
	if n.table != 0 {
		table = e.small(n.table, 0, lastTable, "a table")
	} else if table > lastTable {
		e.fail(n.at, "there is no next table: the last one is %d", lastTable)
	}
	e.resubmit(e.table(egress, table))
}

func (output) encode(e *encoder) { e.resubmit(e.outputTable()) }
