package northd

import (
	"strings"
	"time"

	"woven/bridge/ovsdb"
	"woven/engine"
	"woven/relations"
)

// probeRelation is where the rules say how often, in ms, a silent database is asked for a sign of
// life, if a user has said so.
const probeRelation = "probe_interval"

// leastProbeInterval is the least that a user can choose, besides 0, which turns probes off.
const leastProbeInterval = time.Second

// probeInterval is how often the servers of these remotes are asked, when a user chose an interval
// in ms or none. What ovsdb.Config takes for none is negative.
func probeInterval(remotes string, chosen int64, isChosen bool) time.Duration {
	interval := ovsdb.DefaultProbeInterval
	if !strings.Contains(remotes, "tcp:") && !strings.Contains(remotes, "ssl:") {
		interval = 0 // A unix socket breaks when its server goes.
	}
	if isChosen {
		interval = time.Duration(chosen) * time.Millisecond
	}
	if interval <= 0 {
		return -1
	}
	return max(interval, leastProbeInterval)
}

// followProbeInterval gives the connections the interval that the rules say.
func (n *northd) followProbeInterval(r *engine.Relation, e *engine.Engine) {
	chosen, isChosen := int64(0), false
	e.Each(r, func(row []relations.Value) bool {
		chosen, isChosen = e.Store().Int(row[0]), true
		return false
	})
	n.session.Connection("nb").SetProbeInterval(probeInterval(n.options.nb, chosen, isChosen))
	n.session.Connection("sb").SetProbeInterval(probeInterval(n.options.sb, chosen, isChosen))
}
