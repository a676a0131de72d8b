package tables_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/tables"
	"woven/engine"
	"woven/internal/sessiontest"
	"woven/relations"
)

// learn makes the database of a program about Open_vSwitch.
func learn(t *testing.T, program string) (*tables.Database, error) {
	p := sessiontest.Compile(t, program,
		sessiontest.Schema{Prefix: "ovs", Path: "/usr/share/openvswitch/vswitch.ovsschema"})
	e, err := engine.New(p, relations.NewStore(), engine.Options{LazyText: true})
	require.NoError(t, err)
	return tables.New(e, p, "ovs")
}

// A declaration that cannot be followed is an error with its place, and says what to write.
func TestDeclarationsThatAreRefused(t *testing.T) {
	for _, c := range []struct{ program, message string }{
		{`Decl table.ovs.Bridge() descr [key("name"), shared("fail_mode")].`,
			"program.mg:1:1: shared is for sets and maps, and column fail_mode has at most one value"},
		{`Decl table.ovs.Bridge() descr [key("name"), shared("port")].`, "table Bridge has no column port"},
		{`Decl table.ovs.Bridge() descr [shared("ports")].`, "says no key"},
		{`Decl table.ovs.Bridge() descr [key("name"), owned_keys("ports", "x")].`,
			"owned_keys is for maps by text, and column ports is none"},
		{`Decl table.ovs.Bridge() descr [key("name"), owned_keys("external_ids")].`,
			"owned_keys names a column and then its keys"},
		{`Decl table.ovs.Bridge() descr [key("name"), owned_keys("external_ids", "*")].`,
			`are all keys: say owned("external_ids")`},
		{`Decl table.ovs.Bridge() descr [conditional()].
want.ovs.Bridge(B) :- ovs.Bridge(B).`, "says no key"},
		{`Decl table.ovs.Bridge() descr [conditional()].
want.ovs.Bridge.name(B, "x") :- ovs.Bridge(B).`, "does not say that the column is ours"},
		{`drop.ovs.Port(P) :- ovs.Port(P).`,
			"drop.ovs.Port is derived, but rows of Port go when nothing refers to them any more: say " +
				"shared() of the column that refers to them, in the Decl table.ovs.* of its table"},
		{`drop.ovs.Bridge.ports(B, P) :- ovs.Bridge.ports(B, P).`,
			"program.mg:1:1: drop.ovs.Bridge.ports is derived, but table.ovs.Bridge does not say that " +
				"the column is shared()"},
		{`Decl table.ovs.Bridge() descr [key("name"), shared("protocols")].
drop.ovs.Bridge.protocols(B, P) :- ovs.Bridge.protocols(B, P).`,
			"say Decl drop.ovs.Bridge.protocols(Handle, Element) descr [output(), plain()] " +
				"bound [/uuid, /string]"},
		{`Decl table.ovs.Bridge() descr [key("name"), shared("flood_vlans")].
Decl drop.ovs.Bridge.flood_vlans(B, V) descr [output(), plain()] bound [/uuid, /string].
drop.ovs.Bridge.flood_vlans(B, "1") :- ovs.Bridge(B).`, "bound [/uuid, /number]"},
	} {
		_, err := learn(t, c.program)
		require.ErrorContains(t, err, c.message, c.program)
	}
}

// Declarations that ask for little are enough.
func TestDeclarationsThatAreTaken(t *testing.T) {
	for _, program := range []string{
		`Decl table.ovs.Bridge() descr [conditional()].`,
		`Decl table.ovs.Bridge() descr [key("_uuid"), shared("ports")].
drop.ovs.Port(P) :- ovs.Port(P).`,
		`Decl table.ovs.Open_vSwitch() descr [foreign("leave")].
drop.ovs.Open_vSwitch(O) :- ovs.Open_vSwitch(O).`,
	} {
		_, err := learn(t, program)
		require.NoError(t, err, program)
	}
}
