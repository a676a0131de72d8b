package action

import "woven/bridge/openflow"

// parameter is an argument that a lookup table or the controller expects in a certain field.
type parameter struct {
	value openflow.Subfield
	in    openflow.Field
}

// with puts arguments where they are expected, does something, and puts back what was there. The
// stack keeps arguments from overwriting each other.
func (e *encoder) with(parameters []parameter, do func()) {
	elsewhere := parameters[:0:0]
	for _, p := range parameters {
		if p.value.Field != p.in {
			elsewhere = append(elsewhere, p)
		}
	}
	for _, p := range elsewhere {
		e.emit(openflow.Push{Source: openflow.Whole(p.in)})
	}
	for i := len(elsewhere) - 1; i >= 0; i-- {
		e.emit(openflow.Push{Source: elsewhere[i].value})
	}
	for _, p := range elsewhere {
		e.emit(openflow.Pop{Destination: openflow.Whole(p.in)})
	}
	do()
	for i := len(elsewhere) - 1; i >= 0; i-- {
		e.emit(openflow.Pop{Destination: openflow.Whole(elsewhere[i].in)})
	}
}

// ask has a table answer with a bit of flags.
func (e *encoder) ask(table uint8, flag int) {
	e.emit(openflow.Load(openflow.Part(flagsField, flag, 1), openflow.U64(0)))
	e.resubmit(table)
}

// answer copies the bit to a field.
func (e *encoder) answer(flag int, target field) {
	e.emit(openflow.Move{Source: openflow.Part(flagsField, flag, 1), Destination: target.subfield})
}
