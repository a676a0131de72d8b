package testbed

import (
	"fmt"
	"strings"
)

// Report says what someone needs who wants to know why a bed does not do what it should: the
// bindings, the ends of all logs, and each host's ports and flows.
func (b *Bed) Report() string {
	var r strings.Builder
	show := func(what, text string, err error) {
		if err != nil {
			text = err.Error()
		}
		fmt.Fprintf(&r, "---- %s:\n%s\n", what, strings.TrimSpace(text))
	}
	log := func(owner string, d *Daemon) {
		if d == nil {
			return
		}
		state := "running"
		if !d.Running() {
			state = "not running"
		}
		if n := d.Revived(); n > 0 {
			state += fmt.Sprintf(", crashed and started again %d times", n)
		}
		show(fmt.Sprintf("%s %s (%s)", owner, d.Name(), state), d.LogTail(), nil)
	}
	if c := b.Central; c != nil {
		for _, d := range []*Daemon{c.NB, c.SB, c.Northd} {
			log("central", d)
		}
		if c.NB.Running() {
			text, err := c.NBCtl("show")
			show("Northbound", text, err)
		}
		if c.SB.Running() {
			text, err := c.SBCtl("show")
			show("Southbound", text, err)
		}
	}
	for _, h := range b.Hypervisors {
		for _, d := range []*Daemon{h.Database, h.Switch, h.Controller} {
			log(h.Name, d)
		}
		if h.Database.Running() {
			text, err := h.VSCtl("show")
			show(h.Name+" ovs-vsctl show", text, err)
		}
		if h.Switch.Running() {
			text, err := h.Flows()
			show(h.Name+" flows of br-int", text, err)
		}
	}
	return r.String()
}
