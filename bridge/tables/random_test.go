package tables_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/session"
	"woven/internal/sessiontest"
)

var seed = flag.Uint64("seed", uint64(time.Now().UnixNano()), "seed of the random test")

// drunkard changes wishes and the Open_vSwitch database at random, and remembers what is whose.
type drunkard struct {
	*hypervisor
	*rand.Rand
	names int

	// What is wished for: tunnels and zones by name, vifs to annotate.
	tunnels, zones, installed map[string]string
	// What others have: vifs and the bridge each is on, and keys of br-int.
	vifs, notes map[string]string
	// What other_config has, which of it is wished for, and which is dropped.
	config, indices, noIndices map[string]string
}

func newDrunkard(t *testing.T, seed, round uint64) *drunkard {
	empty := func() map[string]string { return map[string]string{} }
	return &drunkard{hypervisor: newHypervisor(t), Rand: rand.New(rand.NewPCG(seed, round)),
		tunnels: empty(), zones: empty(), installed: empty(), vifs: empty(), notes: empty(),
		config: empty(), indices: empty(), noIndices: empty()}
}

func (d *drunkard) name(kind string, of int) string { return fmt.Sprint(kind, d.IntN(of)) }

// anyOf picks a key; empty if there is none.
func (d *drunkard) anyOf(m map[string]string) string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	if len(keys) == 0 {
		return ""
	}
	sort.Strings(keys)
	return keys[d.IntN(len(keys))]
}

// toggle wishes for something, or not any more, or for another value.
func (d *drunkard) toggle(kind, name, value string, wishes map[string]string) {
	ops := []op{unwished(kind, name)}
	if _, there := wishes[name]; there && d.IntN(2) == 0 {
		delete(wishes, name)
	} else {
		wishes[name] = value
		ops = append(ops, wished(kind, name, value))
	}
	d.Transact("in", ops...)
}

// change changes what is wished for. What stays when the wish goes is waited for before and after.
func (d *drunkard) change() {
	value := fmt.Sprint("10.0.0.", d.IntN(3))
	switch n := d.IntN(11); {
	case n < 4:
		d.toggle("tunnel", d.name("ovn-", 8), value, d.tunnels)
	case n < 6:
		d.toggle("zone", d.name("z", 9), value, d.zones)
	case n < 8 && len(d.vifs) > 0:
		d.toggle("installed", d.anyOf(d.vifs), "", d.installed)
	case n == 8 && len(d.vifs) > 0:
		name := d.anyOf(d.vifs)
		d.Transact("in", wished("drop", name, "")) // for good, as no name comes again
		delete(d.vifs, name)
	case n == 9:
		d.Settle()
		d.toggle("idx", d.name("", 4), value, d.indices)
		d.Settle()
	case n == 10:
		d.Settle()
		d.toggle("no idx", d.name("", 4), "", d.noIndices)
		d.Settle()
	}
	d.settleConfig()
}

// settleConfig works out what other_config is to hold.
func (d *drunkard) settleConfig() {
	for name := range d.noIndices {
		delete(d.config, "idx-"+name)
	}
	for name, value := range d.indices {
		d.config["idx-"+name] = value
	}
}

// mutation changes elements of a column, and returns how many rows that concerned.
func (d *drunkard) mutation(table, name, column, mutator string, value any, before ...op) bool {
	where := []any{[]any{"name", "==", name}}
	if table == "Open_vSwitch" {
		where = []any{}
	}
	results, err := d.Try("ovs", append(before, op{"op": "mutate", "table": table, "where": where,
		"mutations": []any{[]any{column, mutator, value}}})...)
	return err == nil && strings.Contains(string(results[len(before)]), `"count":1`)
}

// addPort adds a port of others to a bridge, if that is there.
func (d *drunkard) addPort(bridge, name, key, value string) bool {
	note := []any{"map", []any{[]any{key, value}}}
	return d.mutation("Bridge", bridge, "ports", "insert", []any{"named-uuid", "p"},
		op{"op": "insert", "table": "Interface", "uuid-name": "i", "row": row{"name": name,
			"external_ids": []any{"map", []any{[]any{"iface-id", name}}}}},
		op{"op": "insert", "table": "Port", "uuid-name": "p", "row": row{"name": name,
			"interfaces": []any{"named-uuid", "i"}, "external_ids": note}})
}

// rowNamed is a reference to the row of that name; empty if there is none.
func (d *drunkard) rowNamed(table, name string) []any {
	for id, r := range d.Rows("ovs", table) {
		if r["name"] == name {
			return []any{"uuid", id}
		}
	}
	return []any{"set", []any{}}
}

// setKey sets a key of a map.
func (d *drunkard) setKey(table, name, column, key, value string) bool {
	d.mutation(table, name, column, "delete", []any{"set", []any{key}})
	return d.mutation(table, name, column, "insert", []any{"map", []any{[]any{key, value}}})
}

// meddle does what others do, and what nobody should.
func (d *drunkard) meddle() {
	bridge := []string{"br-int", "br-other"}[d.IntN(2)]
	d.names++
	vif := fmt.Sprint("vif", d.names)
	switch d.IntN(11) {
	case 0, 1, 2:
		if d.addPort(bridge, vif, "a", "b") {
			d.vifs[vif] = bridge
		}
	case 3:
		if name := d.anyOf(d.vifs); name != "" {
			d.mutation("Bridge", d.vifs[name], "ports", "delete", d.rowNamed("Port", name))
			delete(d.vifs, name)
		}
	case 4:
		d.mutation("Bridge", "br-int", "ports", "delete", d.rowNamed("Port", d.name("ovn-", 8)))
	case 5:
		_, err := d.Try("ovs", op{"op": "update", "table": "Interface", "where": []any{
			[]any{"name", "==", d.name("ovn-", 8)}}, "row": row{"type": "stt"}})
		require.NoError(d.t, err)
	case 6:
		key := []string{"x", "ct-zone-z1", "ct-zone-other", "ovn-nb-cfg"}[d.IntN(4)]
		if d.setKey("Bridge", "br-int", "external_ids", key, vif) && key == "x" {
			d.notes[key] = vif
		}
	case 7:
		if name := d.anyOf(d.vifs); name != "" {
			d.setKey("Interface", name, "external_ids", "ovn-installed", "no")
		}
	case 8:
		d.addPort(bridge, vif, "ovn-chassis-id", "stale")
	case 9:
		key := d.name("idx-", 4)
		d.setKey("Open_vSwitch", "", "other_config", key, vif)
		d.config[key] = vif
		d.settleConfig()
	case 10:
		if d.IntN(3) == 0 &&
			d.mutation("Open_vSwitch", "", "bridges", "delete", d.rowNamed("Bridge", "br-int")) {
			d.forgetBridge()
		}
	}
}

// forgetBridge notes that br-int is gone, with all that others had there.
func (d *drunkard) forgetBridge() {
	clear(d.notes)
	for name, bridge := range d.vifs {
		if bridge == "br-int" {
			delete(d.vifs, name)
		}
	}
}

// expected is what the database should hold, as switches renders it.
func (d *drunkard) expected() []string {
	var keys []string
	for name, value := range d.zones {
		keys = append(keys, "ct-zone-"+name+":"+value)
	}
	for key, value := range d.notes {
		keys = append(keys, key+":"+value)
	}
	sort.Strings(keys)
	lines := []string{"br-int secure [" + strings.Join(keys, " ") + "]",
		"br-int/br-int internal [] [] []", "br-other [] []"}
	for name, value := range d.tunnels {
		lines = append(lines, fmt.Sprintf("br-int/%s geneve [remote_ip:%s] [ovn-chassis-id:%s] []",
			name, value, value))
	}
	for name, bridge := range d.vifs {
		note := ""
		if _, ok := d.installed[name]; ok {
			note = " ovn-installed:true"
		}
		lines = append(lines, fmt.Sprintf("%s/%s  [] [a:b] [iface-id:%s%s]", bridge, name, name, note))
	}
	var config []string
	for key, value := range d.config {
		config = append(config, key+":"+value)
	}
	sort.Strings(config)
	sort.Strings(lines)
	return append(lines, "other_config ["+strings.Join(config, " ")+"]")
}

func (d *drunkard) found() []string {
	for _, o := range d.Rows("ovs", "Open_vSwitch") {
		return append(d.switches(), "other_config "+sessiontest.Canonical(o["other_config"]))
	}
	return nil
}

// The Open_vSwitch database holds what is wished for and what is others', and nothing else,
// whatever happens to it and to the session.
func TestRandomHypervisor(t *testing.T) {
	t.Logf("seed %d", *seed)
	for round := range 3 {
		d := newDrunkard(t, *seed, uint64(round))
		d.Adjust = func(c *session.Config) { c.Databases[1].Most = []int{0, 2, 7}[round] }
		_, err := d.Try("ovs", op{"op": "insert", "table": "Bridge", "uuid-name": "b",
			"row": row{"name": "br-other"}}, op{"op": "mutate", "table": "Open_vSwitch", "where": []any{},
			"mutations": []any{[]any{"bridges", "insert", []any{"named-uuid", "b"}}}})
		require.NoError(t, err)
		d.Start()
		d.wish(wished("bridge", "br-int", ""))
		for step := range 40 {
			for range 1 + d.IntN(5) {
				d.change()
				d.meddle()
			}
			switch d.IntN(15) {
			case 0:
				d.Start()
			case 1:
				d.Restart("in")
			case 2:
				d.Restart("ovs")
			}
			if d.IntN(3) == 0 {
				d.Settle()
				require.Equal(t, d.expected(), d.found(), "seed %d, round %d, step %d", *seed, round, step)
				require.Empty(t, d.Problems())
			}
		}
		d.Settle()
		require.Equal(t, d.expected(), d.found(), "seed %d, round %d", *seed, round)
		written := d.Written("ovs").Transactions
		d.Settle()
		require.Equal(t, written, d.Written("ovs").Transactions, "nothing is written in a circle")
		d.Stop()
	}
}
