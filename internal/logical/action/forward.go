package action

import (
	"strconv"

	"woven/bridge/openflow"
)

// forward sends the packet to one of several ports.
type forward struct {
	liveness truth // whether a port is only chosen while the tunnel to it is alive
	ports    []place
}

func analyseForward(c *call) operation {
	const form = `fwd_group(liveness=true, childports="lsp1", "lsp2")`
	var o forward
	if c.arguments == nil {
		return o
	}
	list := c.arguments.List
	if len(list) > 0 && list[0].Key != nil && list[0].Key.Value == "liveness" &&
		list[0].KeyValue != nil {
		o.liveness = c.truth(list[0].KeyValue)
		if s := list[0].Separator; s == nil || isSemicolon(s) {
			c.fail(list[0].end(list, 0, at(c.arguments.Close)), "a comma has to be written here: %s", form)
		}
		list = list[1:]
	}
	if len(list) == 0 || list[0].Key == nil || list[0].Key.Value != "childports" {
		c.fail(at(c.arguments.Close), "the ports are missing: %s", form)
		return o
	}
	for i, g := range list {
		value := g.Value
		if g.Key != nil {
			value = g.KeyValue
		}
		if g.Key != nil && i > 0 || value == nil || isSemicolon(g.Separator) {
			c.fail(g.at(), "names of ports have to be written here: %s", form)
			return o
		}
		o.ports = append(o.ports, c.quoted(value))
	}
	return o
}

// A group with a port that is not known is not made.
func (o forward) encode(e *encoder) {
	g := openflow.Group{Type: openflow.GroupSelect, SelectionMethod: "dp_hash"}
	live := e.truth(o.liveness)
	for i, p := range o.ports {
		name := e.token(p).Text
		key, ok := e.portKey(name)
		b := bucket(i, 1, openflow.Load(openflow.Part(outportField, 0, 16), quirkyKey(key)),
			openflow.Resubmit{Port: openflow.PortIn, Table: e.outputTable()})
		if live && ok {
			var ofport uint32
			ofport, ok = e.number("tunnel_port", name)
			b.WatchPort = openflow.Port(ofport)
		}
		if !ok {
			return
		}
		g.Buckets = append(g.Buckets, b)
	}
	if len(g.Buckets) > 0 {
		e.group(&g)
	}
}

// quirkyKey is what the reference makes of a port's key here: it writes the key in decimal where
// hexadecimal is read. Flows have to be the same as the reference's.
func quirkyKey(key uint32) openflow.U128 {
	v, _ := strconv.ParseUint(strconv.Itoa(int(key)), 16, 64) // at most ten digits
	return openflow.U64(v)
}
