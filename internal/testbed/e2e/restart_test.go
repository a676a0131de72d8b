package e2e

import (
	"errors"

	"woven/internal/testbed"
)

// victim is a program that is killed.
type victim struct {
	name   string
	daemon *testbed.Daemon
}

// victims are all kinds of programs that a stack has.
func (w *world) victims() []victim {
	c, one, two := w.bed.Central, w.bed.Hypervisors[0], w.bed.Hypervisors[1]
	return []victim{
		{"northd", c.Northd}, {"controller of hv1", one.Controller},
		{"controller of hv2", two.Controller}, {"switch of hv1", one.Switch},
		{"Open_vSwitch of hv1", one.Database}, {"Northbound", c.NB}, {"Southbound", c.SB},
	}
}

// killed kills a program as kill -9 does and starts it again. Meanwhile the network changes, and
// afterwards all packets are judged by the changed one.
func (w *world) killed(v victim) {
	w.step(v.name+" killed", func() error {
		v.daemon.Kill()
		if v.daemon == w.bed.Central.NB { // nothing can be changed before it is back
			return errors.Join(v.daemon.Start(), w.turnFilter())
		}
		return errors.Join(w.turnFilter(), v.daemon.Start())
	})
}

// restart is an orderly end of a daemon, as an upgrade does it.
type restart struct {
	name     string
	daemon   *testbed.Daemon
	end      func() error
	lossless bool
}

func (w *world) restarts() []restart {
	c, one, two := w.bed.Central, w.bed.Hypervisors[0], w.bed.Hypervisors[1]
	leave := func() error { return one.Controller.Exit("--restart") }
	return []restart{
		{"northd", c.Northd, c.Northd.Stop, true},
		{"controller of hv1", one.Controller, leave, isLossless(w.pairing.hv1)},
		{"controller of hv2 by SIGTERM", two.Controller, two.Controller.Stop, isLossless(w.pairing.hv2)},
	}
}

// isLossless says whether a controller promises to lose no packet when it starts over its own flows.
// The reference's was seen to lose those of ten to twenty milliseconds.
func isLossless(controller testbed.Program) bool {
	return controller.Path != testbed.ReferenceController().Path
}

// restarted ends a daemon in an orderly way and starts it again, while packets pass between the
// hypervisors. Flows and connections go on; where the daemon promises it, without any loss.
func (w *world) restarted(r restart) {
	w.step(r.name+" restarted", func() error {
		flows, conversation, err := w.traffic()
		if err != nil {
			return err
		}
		err = errors.Join(r.end(), w.turnFilter(), r.daemon.Start(), w.bed.Central.Sync("hv"))
		if err != nil {
			return err
		}
		var faults []error
		for _, f := range flows {
			loss, err := f.Finish()
			w.t.Logf("%s: %s", r.name, loss)
			if r.lossless && loss.Lost > 0 {
				err = errors.Join(err, errors.New(loss.String()))
			}
			faults = append(faults, err)
		}
		exchanged, err := conversation.Finish()
		w.t.Logf("%s: %d lines were exchanged", r.name, exchanged)
		return errors.Join(append(faults, err)...)
	})
}

// traffic starts flows between the hypervisors, through stateless and through stateful ACLs.
func (w *world) traffic() ([]*testbed.Flow, *testbed.Conversation, error) {
	var flows []*testbed.Flow
	for _, f := range []struct {
		from, to *testbed.VM
		port     uint16
	}{{w.blue[0], w.blue[2], openPort}, {w.green[2], w.green[0], servicePort}} {
		flow, err := testbed.StartFlow(f.from, f.to, f.to.Addresses[0].Addr(), f.port)
		if err != nil {
			return nil, nil, err
		}
		flows = append(flows, flow)
	}
	server := w.green[0]
	conversation, err := testbed.StartConversation(w.green[2], server, server.Addresses[1].Addr(), webPort)
	return flows, conversation, err
}
