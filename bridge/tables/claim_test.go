package tables_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
	"woven/internal/sessiontest"
)

// claimProgram claims ports as a controller does. The rows are those that are claimed, and those
// that have to be released: nothing is wanted of them, so their columns become empty.
const claimProgram = `
Decl table.sb.Chassis() descr [key("name"), foreign("leave"), owned("encaps")].
Decl table.sb.Encap() descr [key("chassis_name", "type"), foreign("leave"), owned("ip")].
Decl table.sb.Port_Binding() descr [key("_uuid"), owned("chassis", "up")].
Decl wish(Name) bound [/string].
wish(Name) :- in.Wish.kind(W, "claim"), in.Wish.name(W, Name).

want.sb.Chassis(fn:uuid("us")).
want.sb.Chassis.name(fn:uuid("us"), "us").
want.sb.Chassis.encaps(fn:uuid("us"), fn:uuid("encap")).
want.sb.Encap(fn:uuid("encap")).
want.sb.Encap.chassis_name(fn:uuid("encap"), "us").
want.sb.Encap.type(fn:uuid("encap"), "geneve").
want.sb.Encap.ip(fn:uuid("encap"), "10.0.0.1").
Decl our_chassis(Row) bound [/uuid].
our_chassis(Row) :- sb.Chassis.name(Row, "us").

Decl elsewhere(Pb) bound [/uuid].
elsewhere(Pb) :- sb.Port_Binding.requested_chassis(Pb, C), our_chassis(Us), C != Us.
Decl claim(Pb) bound [/uuid].
claim(Pb) :- wish(Name), sb.Port_Binding.logical_port(Pb, Name), !elsewhere(Pb).

want.sb.Port_Binding(Pb) :- claim(Pb).
want.sb.Port_Binding.chassis(Pb, fn:uuid("us")) :- claim(Pb).
want.sb.Port_Binding.up(Pb, /true) :- claim(Pb).
want.sb.Port_Binding(Pb) :- sb.Port_Binding.chassis(Pb, Us), our_chassis(Us).
`

// cluster is a world with a Southbound that has two ports, of which we may claim one, and another
// chassis.
type cluster struct {
	*hypervisor
	other string // the other chassis's uuid
}

func newCluster(t *testing.T) *cluster {
	w := sessiontest.New(t, claimProgram,
		sessiontest.Schema{Prefix: "in", Path: ovsdbtest.Schema(t, wishSchema)},
		sessiontest.Schema{Prefix: "sb", Path: "/usr/share/ovn/ovn-sb.ovsschema"})
	c := &cluster{hypervisor: &hypervisor{World: w, t: t}}
	port := func(name string, key int) op {
		return op{"op": "insert", "table": "Port_Binding", "row": row{"logical_port": name,
			"tunnel_key": key, "datapath": []any{"named-uuid", "dp"}, "up": false}}
	}
	c.Transact("sb", op{"op": "insert", "table": "Datapath_Binding", "uuid-name": "dp",
		"row": row{"tunnel_key": 1}}, port("p1", 1), port("p2", 2),
		op{"op": "insert", "table": "Encap", "uuid-name": "e", "row": row{"chassis_name": "other",
			"type": "geneve", "ip": "10.0.0.2"}},
		op{"op": "insert", "table": "Chassis", "row": row{"name": "other",
			"encaps": []any{"named-uuid", "e"}}})
	for id := range c.Rows("sb", "Chassis") {
		c.other = id
	}
	return c
}

// port renders who has the port p1.
func (c *cluster) port() string {
	names := map[string]string{}
	for id, r := range c.Rows("sb", "Chassis") {
		names[id] = sessiontest.Canonical(r["name"])
	}
	for _, r := range c.Rows("sb", "Port_Binding") {
		if r["logical_port"] == "p1" {
			owner := "nobody"
			for _, id := range sessiontest.Elements(r["chassis"]) {
				owner = names[id]
			}
			return owner + " up " + sessiontest.Canonical(r["up"])
		}
	}
	return "no port"
}

// set changes the port p1 beside us.
func (c *cluster) set(values row) {
	c.Transact("sb", c.setting(values))
	c.Settle()
}

func (c *cluster) setting(values row) op {
	return op{"op": "update", "table": "Port_Binding", "where": []any{[]any{"logical_port", "==", "p1"}},
		"row": values}
}

func (c *cluster) written() int { return c.Written("sb").Transactions }

// The life of a claim: a port is claimed, given up to another chassis without a word, claimed
// again, and released; before and after, and of the other port, nothing is touched.
func TestLifeOfAClaim(t *testing.T) {
	c := newCluster(t)
	theOther := []any{"uuid", c.other}
	none := []any{"set", []any{}}
	c.Start()
	c.Settle()
	require.Equal(t, "nobody up false", c.port())
	c.wish(wished("claim", "p1", ""))
	require.Equal(t, "us up true", c.port())
	written := c.written()
	require.Equal(t, 2, written, "the chassis, and the claim")

	c.set(row{"up": false})
	require.Equal(t, "us up true", c.port(), "what we claim is ours")
	written++
	require.Equal(t, written, c.written())

	c.set(row{"chassis": theOther, "requested_chassis": theOther, "up": false})
	require.Equal(t, "other up false", c.port())
	c.set(row{"up": none})
	c.wish(unwished("claim", "p1"))
	c.wish(wished("claim", "p1", ""))
	require.Equal(t, "other up []", c.port())
	require.Equal(t, written, c.written(), "what others claim is theirs")

	c.set(row{"requested_chassis": none})
	require.Equal(t, "us up true", c.port())
	c.wish(unwished("claim", "p1"))
	require.Equal(t, "nobody up []", c.port(), "released")
	written = c.written()
	c.set(row{"up": true})
	c.set(row{"chassis": theOther})
	require.Equal(t, "other up true", c.port())
	require.Equal(t, written, c.written())
	c.Start()
	c.Settle()
	require.Equal(t, "other up true", c.port())
	require.Zero(t, c.written())

	// A claim that was there before a restart, and is not wished for any more, is released.
	c.wish(wished("claim", "p1", ""))
	c.Stop()
	c.Transact("in", unwished("claim", "p1"))
	c.Start()
	c.Settle()
	require.Equal(t, "nobody up []", c.port())
	require.Empty(t, c.Problems())
}
