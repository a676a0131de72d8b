package match

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSymbolicSetsAreTheirElements expands random matches twice: with sets that stay symbolic where
// they may, each of whose elements then makes flows of its own, and with all elements given. The flows
// have to be the same.
func TestSymbolicSetsAreTheirElements(t *testing.T) {
	g := &generator{rand: rand.New(rand.NewPCG(seed(t), 0))}
	symbolic := 0
	for symbolic < 150 {
		match := pick(g, g.address, g.port)() + pick(g, " && (", " || (") + g.expression(2) + ")"
		if g.one(3) {
			match = "(" + match + ") || " + g.operand(1)
		}
		if Check(match) != nil || !known.isSmall(match) {
			continue
		}
		given, err := Expand(match, "", known.values(match, false))
		require.NoError(t, err, match)
		rows, err := Expand(match, "", known.values(match, true))
		require.NoError(t, err, match)
		require.Equal(t, known.flows(given), known.flows(rows), match)
		for _, row := range rows {
			if row.Set != "" {
				symbolic++
				break
			}
		}
	}
}

// TestPrerequisitesLeaveSetsAlone does the same with what actions may imply.
func TestPrerequisitesLeaveSetsAlone(t *testing.T) {
	for _, implied := range []string{"ip", "ip4", "ip6", "arp", "tcp", "udp", "icmp4", "nd", "nd_ns",
		"vlan.present", "ct.trk"} {
		for _, match := range []string{"ip4.src == $as4", "inport == @pg2", "eth.src == $asm && inport == @pg2",
			"ip4.src == $as4 || tcp", "(inport == @pg2 && tcp) || (eth.src == $asm && ip)", "nd.target == $as6",
			`(inport == @pg2 && is_chassis_resident("lsp1")) || tcp`, "inport == @pg2 || outport == @pg3"} {
			given, err := Expand(match, implied, known.values(match, false))
			require.NoError(t, err, match)
			rows, err := Expand(match, implied, known.values(match, true))
			require.NoError(t, err, match)
			require.Equal(t, known.flows(given), known.flows(rows), match+" implied "+implied)
		}
	}
}

// TestNeeds lists what matches need, and where sets may stay symbolic.
func TestNeeds(t *testing.T) {
	for match, want := range map[string][]Need{
		"ip4": nil,
		`inport == {"a", "b c"} && outport == "a"`: {{inport, "a", false}, {inport, "b c", false},
			{outport, "a", false}},
		`is_chassis_resident("p") || !is_chassis_resident("p")`: {{resident, "p", false}},
		"ip4.src == $as":                                     {{addressSet, "as", true}},
		"ip4.src == {$as}":                                   {{addressSet, "as", true}},
		"$as == ip4.src":                                     {{addressSet, "as", true}},
		"!(ip4.src != $as)":                                  {{addressSet, "as", true}},
		"ip4.src != $as":                                     {{addressSet, "as", false}},
		"!(ip4.src == $as)":                                  {{addressSet, "as", false}},
		"ip4.src == {$as, 10.0.0.1}":                         {{addressSet, "as", false}},
		"ip4.src == {$as, $bs}":                              {{addressSet, "as", false}, {addressSet, "bs", false}},
		"ip4.src == $as && ip4.dst == $as":                   {{addressSet, "as", true}},
		"ip4.src == $as && ip4.src == $bs":                   {{addressSet, "as", false}, {addressSet, "bs", false}},
		"ip4.src == $as && ip4.src_mcast":                    {{addressSet, "as", false}},
		"ip4.dst == $as && ip4.src_mcast":                    {{addressSet, "as", true}},
		"ip4.dst == $as && igmp":                             {{addressSet, "as", true}},
		"eth.dst == $as && ip6.mcast":                        {{addressSet, "as", false}},
		"ip4.src == $as || ip4.dst == $as":                   {{addressSet, "as", false}},
		"(ip4.src == $as && tcp) || udp":                     {{addressSet, "as", true}},
		"tcp && (udp || (ip4.src == $as && 1))":              {{addressSet, "as", true}},
		"inport == @pg && 1":                                 {{inportGroup, "pg", true}},
		`(inport == @pg && is_chassis_resident("p")) || udp`: {{inportGroup, "pg", false}, {resident, "p", false}},
		`(inport == @pg && outport == "p") || udp`:           {{inportGroup, "pg", true}, {outport, "p", false}},
		"(outport == @pg && tcp.dst == 80) || udp":           {{outportGroup, "pg", true}},
		"(outport == @pg && tcp.dst >= 80) || udp":           {{outportGroup, "pg", false}},
		"outport == @pg && inport == @pg":                    {{outportGroup, "pg", true}, {inportGroup, "pg", true}},
		"tcp.dst == $as":                                     {{addressSet, "as", false}},
		"reg0 == $as":                                        {{addressSet, "as", false}},
		"ip4.src[0..7] == $as":                               {{addressSet, "as", false}},
	} {
		needs, err := Needs(match)
		require.NoError(t, err, match)
		require.Equal(t, want, needs, match)
	}
}

// TestSymbolicSetOutOfPlace gives a symbolic set where a set may not be one.
func TestSymbolicSetOutOfPlace(t *testing.T) {
	values, err := ParseValues([]string{"address_set as *"})
	require.NoError(t, err)
	for _, match := range []string{"ip4.src != $as", "ip4.src == $as && ip4.src == 10.0.0.1", "tcp.dst == $as",
		"ip4.src == $as || ip4.dst == 10.0.0.1"} {
		_, err := Expand(match, "", values)
		require.ErrorContains(t, err, "the elements of this set have to be given", match)
	}
	_, err = Expand("ip4.src == $as", "ip4.src == 10.0.0.1", values)
	require.ErrorContains(t, err, "the elements of as have to be given")
}

// TestElementsThatDoNotFit leaves out elements of other families than the field's.
func TestElementsThatDoNotFit(t *testing.T) {
	values, err := ParseValues([]string{"address_set as 10.0.0.1", "address_set as fe80::1",
		"address_set as 00:00:00:00:00:01", "address_set as nonsense"})
	require.NoError(t, err)
	for match, want := range map[string][]string{
		"ip4.src == $as": {"ip,metadata=0x1,nw_src=10.0.0.1"},
		"ip6.src == $as": {"ipv6,metadata=0x1,ipv6_src=::1", "ipv6,metadata=0x1,ipv6_src=::10.0.0.1",
			"ipv6,metadata=0x1,ipv6_src=fe80::1"},
		"eth.src == $as": {"metadata=0x1,dl_src=00:00:00:00:00:01", "metadata=0x1,dl_src=00:00:0a:00:00:01"},
	} {
		rows, err := Expand(match, "", values)
		require.NoError(t, err, match)
		require.Equal(t, want, known.flows(rows), match)
	}
}
