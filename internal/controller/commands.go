package controller

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"woven/bridge/ovsdb"
	"woven/engine"
	"woven/internal/session"
	"woven/internal/unixctl"
	"woven/relations"
)

// registerCommands adds the commands of ovn-controller(8), and ours.
func (c *controller) registerCommands() {
	for _, command := range []unixctl.Command{
		{Name: "connection-status", Run: c.inspector.ConnectionStatus("sb")},
		{Name: "sb-cluster-state-reset", Run: c.inspector.ResetCluster("sb")},
		{Name: "recompute", Usage: "[deprecated]", Run: c.inspector.Recompute},
		{Name: "debug/pause", Run: c.pause(true)},
		{Name: "debug/resume", Run: c.pause(false)},
		{Name: "debug/status", Run: c.status},
		{Name: "ct-zone-list", Run: c.lines("zone", "%s %d\n", 0, 1)},
		{Name: "group-table-list", Run: c.lines("group_id", "%s: %d\n", 1, 2)},
		{Name: "meter-table-list", Run: c.lines("meter_id", "%s: %d\n", 1, 2)},
		{Name: "debug/dump-local-bindings", Run: c.localBindings},
		{Name: "debug/dump-lflow-conj-ids", Run: c.conjunctions},
		{Name: "debug/dump-local-template-vars", Run: c.answer("Local template vars:\n")},
		{Name: "debug/ignore-startup-delay", Run: c.answer("")},
		{Name: "debug/delay-nb-cfg-report", Usage: "SECONDS", MinArgs: 1, MaxArgs: 1, Run: c.delay},
		// There is no cache: conclusions are kept as long as what they rest on holds.
		{Name: "flush-lflow-cache", Usage: "[deprecated]", Run: c.answer("")},
		{Name: "lflow-cache/flush", Run: c.answer("")},
		{Name: "lflow-cache/show-stats", Run: c.cacheStats},
	} {
		c.daemon.Unixctl.Register(command)
	}
	c.inspector.Register(c.daemon.Unixctl)
	c.daemon.Memory.Add(c.inspector.CountFacts)
}

// answer is a command that does nothing and says always the same.
func (c *controller) answer(text string) unixctl.Handler {
	return func(context.Context, []string) (string, error) { return text, nil }
}

func (c *controller) pause(paused bool) unixctl.Handler {
	return func(ctx context.Context, _ []string) (string, error) {
		return "", c.session.SetPaused(ctx, paused)
	}
}

func (c *controller) status(context.Context, []string) (string, error) {
	if c.session.State() == session.Paused {
		return "paused\n", nil
	}
	return "running\n", nil
}

// read visits the rows of a relation, which the program may lack.
func (c *controller) read(ctx context.Context, relation string,
	f func(s *relations.Store, row []relations.Value)) error {
	return c.session.Do(ctx, func(e *engine.Engine) {
		if r, ok := e.Relation(relation); ok {
			e.Each(r, func(row []relations.Value) bool {
				f(e.Store(), row)
				return true
			})
		}
	})
}

// lines is a command that shows a text and a number of each row of a relation, sorted.
func (c *controller) lines(relation, format string, text, number int) unixctl.Handler {
	return func(ctx context.Context, _ []string) (string, error) {
		var out []string
		err := c.read(ctx, relation, func(s *relations.Store, row []relations.Value) {
			out = append(out, fmt.Sprintf(format, s.TextOf(row[text]), s.Int(row[number])))
		})
		slices.Sort(out)
		return strings.Join(out, ""), err
	}
}

// localBindings shows the interfaces that belong to logical ports.
func (c *controller) localBindings(ctx context.Context, _ []string) (string, error) {
	var out []string
	err := c.read(ctx, "local_binding", func(s *relations.Store, row []relations.Value) {
		name, iface, kind := s.TextOf(row[0]), s.TextOf(row[1]), s.TextOf(row[2])
		count, port := 0, fmt.Sprintf("no %s lport", "primary")
		if kind != "" {
			count, port = 1, fmt.Sprintf("%s lport : [%s]", kind, name)
		}
		out = append(out, fmt.Sprintf("name: [%s], OVS interface name : [%s], num binding lports : "+
			"[%d]\n%s\n----------------------------------------\n", name, iface, count, port))
	})
	slices.Sort(out)
	return "Local bindings:\n" + strings.Join(out, ""), err
}

// conjunctions shows the numbers of conjunctive matches.
func (c *controller) conjunctions(ctx context.Context, _ []string) (string, error) {
	var out []string
	err := c.read(ctx, "conjunction", func(s *relations.Store, row []relations.Value) {
		out = append(out, fmt.Sprintf("lflow: %s, dp: %s, start: %d, n: 1\n",
			ovsdb.UUID(s.UUIDOf(row[0])), ovsdb.UUID(s.UUIDOf(row[1])), s.Int(row[3])))
	})
	slices.Sort(out)
	return fmt.Sprintf("Conjunction IDs allocations:\n%s---\nTotal %d IDs used.\n",
		strings.Join(out, ""), len(out)), err
}

// delay puts the report of nb_cfg off, so that tests of a cloud can see what waits for it.
func (c *controller) delay(ctx context.Context, args []string) (string, error) {
	seconds, err := strconv.ParseUint(args[0], 10, 31)
	if err != nil {
		return "", fmt.Errorf("%q is no number of seconds", args[0])
	}
	if seconds == 0 {
		return "no delay for nb_cfg report.\n", c.session.Give(ctx, "nb_cfg_delay", "")
	}
	return fmt.Sprintf("delay nb_cfg report for %d seconds.\n", seconds),
		c.session.Give(ctx, "nb_cfg_delay", fmt.Sprint(seconds))
}

func (c *controller) cacheStats(context.Context, []string) (string, error) {
	return "Enabled: false\nhigh-watermark  : 0\ntotal           : 0\ncache-expr      : 0\n" +
		"cache-matches   : 0\ntrim count      : 0\nMem usage (KB)  : 0\n", nil
}
