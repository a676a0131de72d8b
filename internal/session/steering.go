package session

import (
	"context"
	"fmt"
	"time"

	"woven/bridge/ovsdb"
	"woven/engine"
	"woven/relations"
)

// steering is what the rules say about connections: where databases are, and how often their
// servers are asked for a sign of life.
type steering struct {
	s             *Session
	remote, probe *engine.Relation // nil where the program has no such relation
}

func newSteering(s *Session) *steering {
	g := &steering{s: s}
	g.remote, _ = s.engine.Relation("remote")
	g.probe, _ = s.engine.Relation("probe")
	return g
}

// absorb follows what a commit changed. Of several remotes the least counts.
func (g *steering) absorb(changes *engine.Changes) {
	for _, c := range changes.Relations {
		if c.Relation == g.remote || c.Relation == g.probe {
			g.apply()
			return
		}
	}
}

// apply makes the connections what the rules say.
func (g *steering) apply() {
	store := g.s.engine.Store()
	remotes, probes := map[string]string{}, map[string]time.Duration{}
	each(g.s.engine, g.remote, func(row []relations.Value) {
		prefix, text := store.TextOf(row[0]), store.TextOf(row[1])
		if before, ok := remotes[prefix]; !ok || text < before {
			remotes[prefix] = text
		}
	})
	each(g.s.engine, g.probe, func(row []relations.Value) {
		interval := time.Duration(store.Int(row[1])) * time.Millisecond
		if interval <= 0 {
			interval = -1 // what the session's configuration takes for none
		}
		probes[store.TextOf(row[0])] = interval
	})
	for _, d := range g.s.parts {
		if interval, ok := probes[d.Prefix]; ok {
			d.setProbe(interval)
		}
		if text, ok := remotes[d.Prefix]; ok && d.Steered && text != d.OVSDB.Remotes {
			d.OVSDB.Remotes = text
			g.s.redirect(d)
		}
	}
}

// setProbe changes how often the server is asked for a sign of life.
func (d *database) setProbe(interval time.Duration) {
	d.OVSDB.ProbeInterval = interval
	if session := d.session.Load(); session != nil {
		session.SetProbeInterval(interval)
	}
}

// redirect connects to where a database is now. What is no address is mentioned, and the
// connection before, if any, stays.
func (s *Session) redirect(d *database) {
	if _, err := ovsdb.ParseRemotes(d.OVSDB.Remotes); err != nil {
		s.log.Error("cannot connect to a database", "database", d.tables.Name, "error", err)
		return
	}
	if session := d.session.Load(); session != nil {
		_ = session.SetRemotes(d.OVSDB.Remotes) // it was parsed above
		return
	}
	if s.context == nil {
		return // Run will start it
	}
	if err := s.connect(s.context, d); err != nil {
		s.fail(err)
	}
}

// connect starts the session with a database whose servers are known.
func (s *Session) connect(ctx context.Context, d *database) error {
	s.monitors.prepare(d)
	session, err := ovsdb.Start(ctx, d.OVSDB)
	if err != nil {
		return fmt.Errorf("database %s: %w", d.Prefix, err)
	}
	d.session.Store(session)
	return nil
}

// known reports whether it is said where a database is.
func (d *database) known() bool { return !d.Steered || d.OVSDB.Remotes != "" }

// each visits the rows of a relation that the program may lack.
func each(e *engine.Engine, r *engine.Relation, f func(row []relations.Value)) {
	if r != nil {
		e.Each(r, func(row []relations.Value) bool {
			f(row)
			return true
		})
	}
}
