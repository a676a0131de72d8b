package northd

import (
	"context"
	"fmt"
	"strings"

	"woven/engine"
	"woven/internal/session"
	"woven/internal/unixctl"
	"woven/relations"
)

// registerCommands adds the commands of ovn-northd(8), and ours.
func (n *northd) registerCommands() {
	for _, c := range []unixctl.Command{
		{Name: "status", Run: n.status},
		{Name: "pause", Run: n.pause(true)},
		{Name: "resume", Run: n.pause(false)},
		{Name: "is-paused", Run: n.isPaused},
		{Name: "nb-connection-status", Run: n.inspector.ConnectionStatus("nb")},
		{Name: "sb-connection-status", Run: n.inspector.ConnectionStatus("sb")},
		{Name: "nb-cluster-state-reset", Run: n.inspector.ResetCluster("nb")},
		{Name: "sb-cluster-state-reset", Run: n.inspector.ResetCluster("sb")},
		{Name: "parallel-build/get-n-threads", Run: n.getThreads},
		{Name: "parallel-build/set-n-threads", Usage: "N_THREADS", MinArgs: 1, MaxArgs: 1,
			Run: n.setThreads},
		{Name: "debug/chassis-features-list", Run: n.chassisFeatures},
	} {
		n.daemon.Unixctl.Register(c)
	}
	n.inspector.Register(n.daemon.Unixctl)
	n.daemon.Memory.Add(n.inspector.CountFacts)
}

// status says whether this daemon is the one that writes.
func (n *northd) status(context.Context, []string) (string, error) {
	return fmt.Sprintf("Status: %s\n", n.session.State()), nil
}

func (n *northd) pause(paused bool) unixctl.Handler {
	return func(ctx context.Context, _ []string) (string, error) {
		return "", n.session.SetPaused(ctx, paused)
	}
}

func (n *northd) isPaused(context.Context, []string) (string, error) {
	return fmt.Sprintf("%t\n", n.session.State() == session.Paused), nil
}

func (n *northd) getThreads(context.Context, []string) (string, error) {
	return fmt.Sprintf("%d\n", n.threads.Load()), nil
}

func (n *northd) setThreads(_ context.Context, args []string) (string, error) {
	count, ok := threadCount(args[0])
	if !ok {
		return "", fmt.Errorf("invalid n_threads: %s", args[0])
	}
	n.threads.Store(int64(count))
	return "", nil
}

// features are what chassisFeatures shows: the reference's name of a feature, and its key in
// Chassis.other_config, by which the rules know it.
var features = [][2]string{
	{"ct_no_masked_label", "ct-no-masked-label"},
	{"ct_lb_related", "ovn-ct-lb-related"},
	{"mac_binding_timestamp", "mac-binding-timestamp"},
}

// chassisFeatures says what all hypervisors can do.
func (n *northd) chassisFeatures(ctx context.Context, _ []string) (string, error) {
	missing := map[string]bool{}
	err := n.session.Do(ctx, func(e *engine.Engine) {
		if r, ok := e.Relation("feature_is_missing"); ok {
			e.Each(r, func(row []relations.Value) bool {
				missing[e.Store().TextOf(row[0])] = true
				return true
			})
		}
	})
	var b strings.Builder
	for _, f := range features {
		fmt.Fprintf(&b, "%-22s %t\n", f[0]+":", !missing[f[1]])
	}
	return b.String(), err
}
