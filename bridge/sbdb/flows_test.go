package sbdb_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var seed = flag.Uint64("seed", uint64(time.Now().UnixNano()), "seed of the random test")

func set(elements ...any) []any { return []any{"set", append([]any{}, elements...)} }

func mapOf(kv ...string) []any {
	list := []any{}
	for i := 0; i < len(kv); i += 2 {
		list = append(list, []any{kv[i], kv[i+1]})
	}
	return []any{"map", list}
}

func where(uuid string) []any { return []any{[]any{"_uuid", "==", []any{"uuid", uuid}}} }

func addSwitch(id int, values row) op {
	values["name"] = fmt.Sprintf("sw%d", id)
	return op{"op": "insert", "table": "Logical_Switch", "row": values}
}

// Another switch costs as much among a thousand as among a hundred, and a restart costs nothing.
func TestAnotherSwitch(t *testing.T) {
	c := newCloud(t)
	c.Start()
	switches := 0
	grow := func(to int) {
		var ops []op
		for ; switches < to; switches++ {
			ops = append(ops, addSwitch(switches, row{"external_ids": mapOf("color", "blue")}))
		}
		c.Transact("nb", ops...)
		c.settle()
	}
	cost := func() (operations, bytes int) {
		before := c.settle()
		grow(switches + 1)
		after := c.settle()
		require.Equal(t, before.Transactions+1, after.Transactions)
		return after.Operations - before.Operations, after.Bytes - before.Bytes
	}
	grow(100)
	operations, bytes := cost()
	require.Equal(t, 2, operations, "the datapath, and the group that both flows share")
	grow(1000)
	for range 2 {
		operationsThen, bytesThen := cost()
		require.Equal(t, operations, operationsThen)
		require.InDelta(t, bytes, bytesThen, 4, "the numbers have more digits")
	}
	require.Equal(t, c.wanted(), c.found())

	c.Start()
	require.Zero(t, c.settle().Transactions)
	require.Equal(t, c.wanted(), c.found())
}

// A change that comes back as it was, and one that moves only some of the flows.
func TestSetsComeAndGo(t *testing.T) {
	c := newCloud(t)
	c.Start()
	c.settle()
	require.Equal(t, c.wanted(), c.found())
	c.Transact("nb", addSwitch(0, row{"external_ids": mapOf("a", "1", "b", "2")}))
	c.settle()
	require.Equal(t, c.wanted(), c.found())
	c.Transact("nb", addSwitch(1, row{"external_ids": mapOf("a", "1")}), addSwitch(2, row{}))
	c.settle()
	require.Equal(t, c.wanted(), c.found())
	c.Transact("nb", op{"op": "update", "table": "Logical_Switch", "where": []any{},
		"row": row{"external_ids": mapOf("b", "2")}})
	c.settle()
	require.Equal(t, c.wanted(), c.found())
	c.Transact("nb", op{"op": "delete", "table": "Logical_Switch", "where": []any{}})
	c.settle()
	require.Empty(t, c.found())
}

// meddle changes the Southbound in a way that nobody should.
func (c *cloud) meddle(r *rand.Rand) {
	pick := func(table string) (string, bool) {
		for id := range c.Rows("sb", table) {
			return id, true
		}
		return "", false
	}
	flow, hasFlow := pick("Logical_Flow")
	group, hasGroup := pick("Logical_DP_Group")
	dp, hasDatapath := pick("Datapath_Binding")
	var o op
	switch n := r.IntN(7); {
	case n == 0 && hasFlow:
		o = op{"op": "delete", "table": "Logical_Flow", "where": where(flow)}
	case n == 1 && hasFlow:
		o = op{"op": "update", "table": "Logical_Flow", "where": where(flow), "row": row{"match": "x"}}
	case n == 2 && hasGroup:
		o = op{"op": "update", "table": "Logical_DP_Group", "where": where(group), "row": row{
			"datapaths": set()}}
	case n == 3 && hasFlow && hasDatapath:
		o = op{"op": "update", "table": "Logical_Flow", "where": where(flow), "row": row{
			"logical_datapath": []any{"uuid", dp}, "logical_dp_group": set()}}
	case n == 4 && hasFlow:
		o = op{"op": "update", "table": "Logical_Flow", "where": where(flow), "row": row{
			"logical_datapath": set()}}
	case n == 5 && hasDatapath:
		f := "foreign"
		if r.IntN(2) == 0 {
			f = "1" // as one of ours, but for the datapath
		}
		o = op{"op": "insert", "table": "Logical_Flow", "row": row{"pipeline": "ingress", "table_id": 3,
			"priority": 0, "match": f, "actions": "next;", "logical_datapath": []any{"uuid", dp}}}
	case n == 6 && hasDatapath:
		o = op{"op": "update", "table": "Datapath_Binding", "where": where(dp), "row": row{
			"external_ids": mapOf("logical-switch", "none")}}
	default:
		return
	}
	if _, err := c.Try("sb", o); err != nil {
		require.Contains(c.t, err.Error(), "violation") // the session was faster
	}
}

// wish changes the Northbound.
func (c *cloud) wish(r *rand.Rand, names *int) {
	var switches []string
	for id := range c.Rows("nb", "Logical_Switch") {
		switches = append(switches, id)
	}
	ids := func() []any {
		var kv []string
		for _, key := range []string{"a", "b", "c"} {
			if r.IntN(2) == 0 {
				kv = append(kv, key, fmt.Sprint(r.IntN(2)))
			}
		}
		return mapOf(kv...)
	}
	*names++
	if n := r.IntN(8); n < 3 || len(switches) == 0 {
		c.Transact("nb", addSwitch(*names, row{"external_ids": ids()}))
		return
	} else if n == 3 {
		c.Transact("nb", op{"op": "delete", "table": "Logical_Switch", "where": where(switches[0])})
		return
	}
	sw := where(switches[r.IntN(len(switches))])
	switch r.IntN(4) {
	case 0:
		c.Transact("nb", op{"op": "update", "table": "Logical_Switch", "where": sw, "row": row{
			"external_ids": ids()}})
	case 1:
		c.Transact("nb", op{"op": "update", "table": "Logical_Switch", "where": sw, "row": row{
			"other_config": mapOf("dns", "x")}})
	case 2:
		c.Transact("nb", op{"op": "update", "table": "Logical_Switch", "where": sw, "row": row{
			"other_config": mapOf()}})
	case 3:
		c.Transact("nb", op{"op": "insert", "table": "Logical_Switch_Port", "uuid-name": "p",
			"row": row{"name": fmt.Sprintf("p%d", *names)}}, op{"op": "mutate",
			"table": "Logical_Switch", "where": sw, "mutations": []any{
				[]any{"ports", "insert", []any{"named-uuid", "p"}}}})
	}
}

// The flows are those that the program wants, whatever happens to the databases and the session.
func TestRandomFlows(t *testing.T) {
	t.Logf("seed %d", *seed)
	for round := range 3 {
		r := rand.New(rand.NewPCG(*seed, uint64(round)))
		c := newCloud(t)
		c.most = []int{0, 4, 30}[round]
		c.Start()
		names := 0
		for step := range 40 {
			for range 1 + r.IntN(4) {
				c.wish(r, &names)
				if r.IntN(2) == 0 {
					c.meddle(r)
				}
			}
			switch r.IntN(12) {
			case 0:
				c.Start()
			case 1:
				c.Restart("nb")
			case 2:
				c.Restart("sb")
			}
			if r.IntN(3) == 0 {
				c.settle()
				require.Equal(t, c.wanted(), c.found(), "seed %d, round %d, step %d", *seed, round, step)
			}
		}
		c.Stop()
	}
}
