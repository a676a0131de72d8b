package trace

import (
	"errors"
	"fmt"
	"maps"
)

// packet is a packet on its way, with what the pipeline notes about it.
type packet struct {
	bits map[string]number // by base field
	text map[string]string // inport and outport
}

func (p *packet) clone() *packet {
	return &packet{maps.Clone(p.bits), maps.Clone(p.text)}
}

// get returns the value of a field or a part of one.
func (p *packet) get(f operand) number {
	return p.bits[f.base].right(f.low).and(ones(f.width))
}

// set gives a field or a part of one a value.
func (p *packet) set(f operand, v number) {
	hole := ones(f.width).left(f.low)
	p.bits[f.base] = p.bits[f.base].and(hole.not()).or(v.left(f.low).and(hole))
}

// value reads the value of a field by its name; the name is one of this package's own.
func (p *packet) value(name string) number {
	return p.get(operand{field: fields[name]})
}

// parsePacket makes a packet that satisfies a match, such as
//
//	inport == "p1" && eth.src == 02:00:00:00:00:01 && tcp.dst == 80
//
// Fields that it does not speak of are 0.
func parsePacket(text string) (*packet, error) {
	m, err := parseMatch(text)
	if err != nil {
		return nil, fmt.Errorf("packet: %w", err)
	}
	p := &packet{bits: map[string]number{}, text: map[string]string{}}
	p.satisfy(m)
	if !m.holds(p, &Network{}, false) {
		return nil, errors.New("packet: no packet is like that, or it takes more than fields with " +
			"one value each (field == value, joined by &&)")
	}
	return p, nil
}

// satisfy sets fields so that a match holds, as far as it says what they are.
func (p *packet) satisfy(m match) {
	switch m := m.(type) {
	case allOf:
		for _, x := range m {
			p.satisfy(x)
		}
	case anyOf:
		if !m.holds(p, &Network{}, false) {
			p.satisfy(m[0])
		}
	case *comparison:
		if m.field.needs != nil {
			p.satisfy(m.field.needs)
		}
		if m.op != "==" || m.holds(p, &Network{}, false) {
			return
		}
		if v := m.values[0]; v.kind == stringToken {
			p.text[m.field.base] = v.text
		} else {
			p.set(m.field, v.value)
		}
	}
}
