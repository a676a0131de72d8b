package action

import "woven/bridge/openflow"

// What switches have learned of Ethernet addresses: put_fdb, get_fdb, lookup_fdb.

// putFDB tells the controller behind which port an address is.
type putFDB struct {
	at       place
	port, of field
}

// getFDB sets a field to the key of the port behind which an address is, 0 if it is not known.
type getFDB struct{ target, of field }

// knowsFDB sets a bit to whether the address is known to be behind the port.
type knowsFDB struct{ target, port, of field }

func analysePutFDB(c *call) operation {
	given := c.exactly(2, "PORT, MAC")
	return putFDB{c.at, c.fieldOf(given[0], port), c.fieldOf(given[1], 48)}
}

func analyseGetFDB(c *call) operation {
	bits := 32
	if c.target.symbol.IsPort() {
		bits = port
	}
	return getFDB{c.write(c.target, bits), c.fieldOf(c.exactly(1, "MAC")[0], 48)}
}

func analyseKnowsFDB(c *call) operation {
	given := c.exactly(2, "PORT, MAC")
	return knowsFDB{c.write(c.target, 1), c.fieldOf(given[0], port), c.fieldOf(given[1], 48)}
}

func (o putFDB) encode(e *encoder) {
	e.with([]parameter{{o.port.subfield, inportField}, {o.of.subfield, openflow.FieldEthSrc}}, func() {
		e.toController(o.at, opPutFDB, nil, false)
	})
}

func (o getFDB) encode(e *encoder) {
	e.with([]parameter{{o.of.subfield, openflow.FieldEthDst}}, func() {
		e.emit(openflow.Set(outportField, openflow.U64(0)))
		e.resubmit(tableGetFDB)
	})
	if o.target.subfield.Field != outportField {
		e.emit(openflow.Move{Source: openflow.Whole(outportField), Destination: o.target.subfield})
	}
}

func (o knowsFDB) encode(e *encoder) {
	e.with([]parameter{{o.port.subfield, inportField}, {o.of.subfield, openflow.FieldEthSrc}}, func() {
		e.ask(tableLookupFDB, flagLookupFDB)
	})
	e.answer(flagLookupFDB, o.target)
}
