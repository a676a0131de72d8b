package session_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/sessiontest"
)

var seed = flag.Uint64("seed", uint64(time.Now().UnixNano()), "seed of the random test")

// drunkard changes In and Out at random, and knows nothing of what the session does.
type drunkard struct {
	*world
	*rand.Rand
	names int
}

func (d *drunkard) pick(list []string) string { return list[d.IntN(len(list))] }

// uuids of a table's rows.
func (d *drunkard) uuids(out bool, table string) []string {
	prefix := "in"
	if out {
		prefix = "out"
	}
	var list []string
	for id := range d.Rows(prefix, table) {
		list = append(list, id)
	}
	return sorted(list)
}

func (d *drunkard) port() row {
	d.names++
	r := row{"name": fmt.Sprintf("p%d", d.names), "tags": d.tags(), "notes": d.notes()}
	if d.IntN(2) == 0 {
		r["number"] = d.IntN(100)
	}
	return r
}

func (d *drunkard) tags() []any {
	tags := []any{}
	for i := range 6 {
		if d.IntN(2) == 0 {
			tags = append(tags, fmt.Sprintf("t%d", i))
		}
	}
	return set(tags...)
}

func (d *drunkard) notes() []any {
	var notes []string
	for i := range 5 {
		if d.IntN(2) == 0 {
			notes = append(notes, fmt.Sprintf("k%d", i), d.pick([]string{"a", "b", ""}))
		}
	}
	return pairs(notes...)
}

// wish changes In.
func (d *drunkard) wish() {
	nets, ports := d.uuids(false, "Net"), d.uuids(false, "Port")
	switch n := d.IntN(10); {
	case n < 2 || len(nets) == 0:
		var list []row
		for range d.IntN(4) {
			list = append(list, d.port())
		}
		d.names++
		d.addNet(fmt.Sprintf("n%d", d.names), list...)
	case n == 2 && len(nets) > 2:
		d.in(op{"op": "delete", "table": "Net", "where": is(d.pick(nets))})
	case n < 5:
		d.in(op{"op": "insert", "table": "Port", "uuid-name": "p", "row": d.port()},
			op{"op": "mutate", "table": "Net", "where": is(d.pick(nets)), "mutations": []any{
				[]any{"ports", "insert", []any{"named-uuid", "p"}}}})
	case n == 5 && len(ports) > 0: // a port moves to another net, or away
		port := []any{"uuid", d.pick(ports)}
		d.in(op{"op": "mutate", "table": "Net", "where": []any{}, "mutations": []any{
			[]any{"ports", "delete", port}}}, op{"op": "mutate", "table": "Net",
			"where": is(d.pick(nets)), "mutations": []any{[]any{"ports", "insert", port}}})
	case n == 6:
		d.names++
		d.update("Net", is(d.pick(nets)), row{"name": fmt.Sprintf("n%d", d.names)})
	case len(ports) > 0:
		values := d.port()
		for column := range values {
			if d.IntN(2) == 0 {
				delete(values, column)
			}
		}
		if len(values) > 0 {
			d.update("Port", is(d.pick(ports)), values)
		}
	}
}

func is(uuid string) []any { return where("_uuid", []any{"uuid", uuid}) }

// try commits an operation on Out, which fails if the session was faster.
func (d *drunkard) try(operation op) {
	if _, err := d.Try("out", operation); err != nil {
		require.Contains(d.t, err.Error(), "violation")
	}
}

// meddle changes Out. What it wants to change may be gone by then.
func (d *drunkard) meddle() {
	dps, binds := d.uuids(true, "Dp"), d.uuids(true, "Bind")
	groups := d.uuids(true, "Group")
	switch n := d.IntN(8); {
	case n == 0 && len(binds) > 0:
		d.try(op{"op": "update", "table": "Bind", "where": is(d.pick(binds)), "row": row{"tags": d.tags(), "notes": d.notes(), "number": 5}})
	case n == 1 && len(binds) > 0:
		d.names++
		d.try(op{"op": "update", "table": "Bind", "where": is(d.pick(binds)), "row": row{"name": fmt.Sprintf("x%d", d.names)}})
	case n == 2 && len(binds) > 0:
		d.try(op{"op": "delete", "table": "Bind", "where": is(d.pick(binds))})
	case n == 3 && len(dps) > 0:
		d.try(op{"op": "update", "table": "Dp", "where": is(d.pick(dps)), "row": row{"ids": pairs("net", "nobody", "name", "x")}})
	case n == 4 && len(groups) > 0:
		d.try(op{"op": "update", "table": "Group", "where": is(d.pick(groups)), "row": row{"members": set(), "leaf": set()}})
	case n == 5 && len(dps) > 0:
		d.names++
		d.try(op{"op": "insert", "table": "Bind", "row": row{"name": fmt.Sprintf("f%d",
			d.names), "dp": []any{"uuid", d.pick(dps)}}})
	case n == 6 && len(groups) > 0 && len(dps) > 1:
		d.try(op{"op": "update", "table": "Group", "where": is(d.pick(groups)), "row": row{"dp": []any{"uuid", d.pick(dps)}}})
	case n == 7 && len(dps) > 0:
		// One row of ours as it is, but twice.
		line := d.rows("out", "Dp", "ids")[0]
		id := line[strings.Index(line, "net:")+4:]
		d.names++
		d.try(op{"op": "insert", "table": "Dp", "row": row{"key": 50000 + d.names,
			"ids": pairs("net", strings.TrimSuffix(id, "]"))}})
	}
}

// expected is what Out should hold according to In, by names.
func (d *drunkard) expected() string {
	ports := d.Rows("in", "Port")
	var lines []string
	for id, net := range d.Rows("in", "Net") {
		var members []string
		for _, port := range sessiontest.Elements(net["ports"]) {
			p := ports[port]
			number := sessiontest.Canonical(p["number"])
			if number == "[]" {
				number = "0"
			}
			members = append(members, sessiontest.Canonical(p["name"]))
			lines = append(lines, fmt.Sprintf("bind %s in %s number %s tags %s notes %s",
				sessiontest.Canonical(p["name"]), id, number, sessiontest.Canonical(p["tags"]), sessiontest.Canonical(p["notes"])))
		}
		lines = append(lines, fmt.Sprintf("dp %s of [name:%s net:%s]", id, net["name"], id))
		if len(members) > 0 {
			lines = append(lines, fmt.Sprintf("group %s members %v leaf [%s]", id, sorted(members),
				net["name"]))
		}
	}
	return strings.Join(sorted(lines), "\n")
}

// found is what Out holds, by names.
func (d *drunkard) found() string {
	dps, binds := d.Rows("out", "Dp"), d.Rows("out", "Bind")
	leaves := d.Rows("out", "Leaf")
	net := func(dp any) string {
		ids := sessiontest.Canonical(dps[sessiontest.Canonical(dp)]["ids"])
		return strings.TrimSuffix(ids[strings.Index(ids, "net:")+4:], "]")
	}
	var lines []string
	for id, dp := range dps {
		lines = append(lines, fmt.Sprintf("dp %s of %s", net([]any{"uuid", id}), sessiontest.Canonical(dp["ids"])))
	}
	for _, b := range binds {
		lines = append(lines, fmt.Sprintf("bind %s in %s number %s tags %s notes %s",
			sessiontest.Canonical(b["name"]), net(b["dp"]), sessiontest.Canonical(b["number"]), sessiontest.Canonical(b["tags"]),
			sessiontest.Canonical(b["notes"])))
	}
	for _, g := range d.Rows("out", "Group") {
		var members, texts []string
		for _, m := range sessiontest.Elements(g["members"]) {
			members = append(members, sessiontest.Canonical(binds[m]["name"]))
		}
		for _, l := range sessiontest.Elements(g["leaf"]) {
			texts = append(texts, sessiontest.Canonical(leaves[l]["text"]))
		}
		lines = append(lines, fmt.Sprintf("group %s members %v leaf %v", net(g["dp"]), sorted(members), texts))
	}
	return strings.Join(sorted(lines), "\n")
}

// What Out holds is what In asks for, whatever happens to both and to the session.
func TestRandomWorld(t *testing.T) {
	t.Logf("seed %d", *seed)
	for round := range 3 {
		d := &drunkard{newWorld(t, program), rand.New(rand.NewPCG(*seed, uint64(round))), 0}
		d.most = []int{0, 3, 20}[round]
		d.Start()
		for step := range 40 {
			for range 1 + d.IntN(4) {
				d.wish()
				if d.IntN(2) == 0 {
					d.meddle()
				}
			}
			switch d.IntN(12) {
			case 0:
				d.Start()
			case 1:
				d.Restart("in")
			case 2:
				d.Restart("out")
			}
			if d.IntN(3) == 0 {
				d.Settle()
				require.Equal(t, d.expected(), d.found(), "seed %d, round %d, step %d", *seed, round, step)
				require.Empty(t, d.Problems())
			}
		}
		d.Stop()
	}
}
