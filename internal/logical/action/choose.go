package action

import "woven/bridge/openflow"

// choose sets a field to one of several numbers, by a hash of the packet's addresses and ports.
type choose struct {
	at      place
	target  field
	members []member
}

type member struct{ number, weight place }

// fewestBits is how wide the field has to be that a choice is stored in.
const fewestBits = 16

func analyseSelect(c *call) operation {
	const form = "FIELD = select(1=20, 2=30)"
	o := choose{at: c.at, target: c.write(c.target, anyBits)}
	if c.target.bits < fewestBits {
		c.fail(c.target.at, "the numbers to choose from have %d bits, but this field has only %d",
			fewestBits, c.target.bits)
	}
	for _, g := range c.arguments.List {
		if isSemicolon(g.Separator) {
			c.fail(at(*g.Separator), "arguments are separated by commas: %s", form)
		}
		if g.Key == nil {
			o.members = append(o.members, member{number: c.decimal(g.Value)})
			continue
		}
		number := &operand{Constant: g.Key}
		if g.KeyValue == nil {
			c.fail(at(*g.Key), "a weight has to follow: %s", form)
			return nil
		}
		o.members = append(o.members, member{c.decimal(number), c.decimal(g.KeyValue)})
	}
	if len(o.members) < 2 {
		c.fail(at(c.arguments.Close), "there have to be two numbers at least to choose from: %s", form)
	}
	return o
}

// hashSymmetricL4 as the upper half of a group's parameter has the datapath hash addresses and
// ports so that both directions of a connection have one hash.
const hashSymmetricL4 = 1 << 32

// usualWeight is the weight of a member that says none.
const usualWeight = 100

func (o choose) encode(e *encoder) {
	g := openflow.Group{Type: openflow.GroupSelect, SelectionMethod: "dp_hash"}
	if hash, ok := e.lookup("capability", "max_hash_alg"); ok && hash == "1" {
		g.SelectionParam = hashSymmetricL4
	}
	table := e.next(o.at)
	for i, m := range o.members {
		number, weight := e.small(m.number, 0, 65535, "a number to choose"), usualWeight
		if m.weight != 0 {
			weight = e.small(m.weight, 1, 65535, "a weight")
		}
		load := openflow.Load(o.target.subfield, openflow.U64(uint64(number)))
		e.accepted(load, m.number)
		g.Buckets = append(g.Buckets, bucket(i, weight, load,
			openflow.Resubmit{Port: openflow.PortIn, Table: table}))
	}
	e.group(&g)
}
