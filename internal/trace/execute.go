package trace

import (
	"fmt"
	"slices"
	"strings"
)

// execution does the actions of one flow.
type execution struct {
	*tracer
	step     *Step
	pipeline string
	table    int
	next     int  // the table that comes next; -1 when the packet's way ends here
	decided  bool // the packet was sent on, copied or dropped in so many words
}

func (x *execution) say(line string) { x.step.Lines = append(x.step.Lines, line) }

func (x *execution) note(format string, args ...any) {
	x.say("/* " + fmt.Sprintf(format, args...) + " */")
}

// run does actions. A packet that they do not send anywhere is dropped.
func (x *execution) run(p *packet, actions []action) {
	for _, a := range actions {
		if a.name == "nd_na" || a.name == "reject" {
			x.say(a.name + " {")
			x.answer(p, a)
			x.say("};")
			x.decided = true
			continue
		}
		x.say(a.text)
		x.do(p, a)
	}
	if !x.decided {
		x.note("dropped")
	}
}

func (x *execution) do(p *packet, a action) {
	x.decided = x.decided || a.decides()
	switch a.name {
	case "next":
		x.jump(p, a)
	case "output":
		x.output(p)
	case "drop":
	case "=":
		x.assign(p, a)
	case "<->":
		x.exchange(p, a)
	case "put_fdb":
		x.note("the switch would learn where the sender is")
	case "ct_next", "ct_commit_nat", "ct_lb_mark", "ct_lb", "ct_dnat", "ct_snat": // on to the next table
		p.bits["ct_state"] = x.tracking
		x.note("connection tracking says ct_state=%s (--ct sets it)", trackingText(x.tracking))
		x.next = x.table + 1
	case "ct_clear":
		p.bits["ct_state"] = number{}
	case "ct_commit", "log", "set_queue":
		x.note("nothing that the packet's way depends on")
	default:
		x.note("%s is not followed here", a.name)
	}
}

// jump goes on in another table; into the other pipeline the packet goes as a copy.
func (x *execution) jump(p *packet, a action) {
	pipeline, table := a.jump()
	if table < 0 {
		table = x.table + 1
	}
	if pipeline == "" || pipeline == x.pipeline {
		x.next = table
		return
	}
	x.todo = append(x.todo, visit{p.clone(), pipeline, table})
}

func (x *execution) assign(p *packet, a action) {
	switch {
	case a.call != "":
		x.call(p, a)
	case a.source.name != "" && a.target.width == 0:
		p.text[a.target.base] = p.text[a.source.base]
	case a.source.name != "":
		p.set(a.target, p.get(a.source))
	case a.target.width == 0:
		p.text[a.target.base] = a.value.text
	default:
		p.set(a.target, a.value.value)
	}
}

func (x *execution) exchange(p *packet, a action) {
	if a.target.width == 0 {
		one, other := a.target.base, a.source.base
		p.text[one], p.text[other] = p.text[other], p.text[one]
		return
	}
	one, other := p.get(a.target), p.get(a.source)
	p.set(a.target, other)
	p.set(a.source, one)
}

// call gives a field the result of a function.
func (x *execution) call(p *packet, a action) {
	fails := false
	switch a.call {
	case "check_in_port_sec":
		fails = !x.allowed(p, "inport", (*securityEntry).sends)
	case "check_out_port_sec":
		fails = !x.allowed(p, "outport", (*securityEntry).receives)
	case "get_fdb":
		p.text[a.target.base] = "none"
		x.note("nothing was learnt about the address")
		return
	case "lookup_fdb":
		x.note("nothing was learnt about the address")
	default:
		x.note("%s is not followed here, its result is 0", a.call)
	}
	value := number{}
	if fails {
		value = small(1)
		x.note("port security does not allow it")
	}
	p.set(a.target, value)
}

// allowed asks the port security of a port about a packet.
func (x *execution) allowed(p *packet, field string, ask func(*securityEntry, *packet) bool) bool {
	port := x.datapath.Ports[p.text[field]]
	if port == nil {
		return true
	}
	entries := readSecurity(port.Security)
	return len(entries) == 0 || slices.ContainsFunc(entries, func(e *securityEntry) bool {
		return ask(e, p)
	})
}

// output sends the packet to its port, or to the ports of a group.
func (x *execution) output(p *packet) {
	outport := p.text["outport"]
	if x.pipeline == "egress" {
		x.note("delivered to %q", outport)
		x.trace.Delivered = append(x.trace.Delivered, outport)
		return
	}
	loopback := p.value("flags.loopback") != number{}
	ports, isGroup := x.datapath.Groups[outport]
	if !isGroup {
		ports = []string{outport}
	}
	for _, name := range slices.Sorted(slices.Values(ports)) {
		switch {
		case !x.datapath.has(name):
			x.note("the switch has no port %q", name)
		case name == p.text["inport"] && !loopback:
			x.note("not back to %q, where it came from", name)
		default:
			out := p.clone()
			out.text["outport"] = name
			for _, r := range registers {
				delete(out.bits, r)
			}
			x.todo = append(x.todo, visit{out, "egress", 0})
		}
	}
}

// answer makes a packet that goes back and does the inner actions on it.
func (x *execution) answer(p *packet, a action) {
	back := p.clone()
	swap := func(one, other string) {
		back.bits[one], back.bits[other] = back.bits[other], back.bits[one]
	}
	swap("eth.src", "eth.dst")
	swap("ip4.src", "ip4.dst")
	swap("ip6.src", "ip6.dst")
	switch isIP6 := back.bits["eth.type"].lo == typeIP6; {
	case a.name == "nd_na":
		back.bits["icmp.type"] = small(136)
	case back.bits["ip.proto"] == small(6): // a TCP reset
		swap("l4.src", "l4.dst")
	case isIP6:
		back.bits["ip.proto"] = small(58)
	default:
		back.bits["ip.proto"] = small(1)
	}
	inner := execution{tracer: x.tracer, step: x.step, pipeline: x.pipeline, table: x.table, next: -1}
	inner.run(back, a.inner)
	if inner.next >= 0 {
		x.todo = append(x.todo, visit{back, x.pipeline, inner.next})
	}
}

// trackingText spells a ct_state.
func trackingText(state number) string {
	var out []string
	for _, name := range []string{"new", "est", "rel", "rpl", "inv", "trk"} {
		if state.right(trackingBits[name]).and(ones(1)) != (number{}) {
			out = append(out, name)
		}
	}
	return strings.Join(out, "|")
}
