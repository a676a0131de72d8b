package trace

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// sets are the named sets of the tests.
var sets = &Network{AddressSets: map[string][]string{"web": {"10.0.0.1", "10.0.1.0/24"},
	"macs": {"02:00:00:00:00:01"}}, PortGroups: map[string][]string{"pg": {"p1", "p2"}}}

const tcpPacket = `inport == "p1" && eth.src == 02:00:00:00:00:01 && eth.dst == 02:00:00:00:00:02 &&
	ip4.src == 10.0.0.1 && ip4.dst == 10.0.2.1 && ip.ttl == 64 && tcp.src == 1000 && tcp.dst == 80 &&
	reg0[4..7] == 5`

const solicitation = `inport == "p1" && eth.src == 02:00:00:00:00:01 && eth.dst == 33:33:ff:00:00:02 &&
	ip6.src == fe80::1 && ip6.dst == ff02::1:ff00:2 && nd_ns && nd.target == fe80::2`

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		packet, match string
		holds         bool
	}{
		{tcpPacket, "1", true},
		{tcpPacket, "0", false},
		{tcpPacket, "!0", true},
		{tcpPacket, "ip4 && tcp", true},
		{tcpPacket, "ip6 || udp", false},
		{tcpPacket, "!(ip6 || udp)", true},
		{tcpPacket, "ip4 && (udp || tcp) && !arp", true},
		{tcpPacket, "tcp.dst == 80", true},
		{tcpPacket, "tcp.dst == {79, 80}", true},
		{tcpPacket, "tcp.dst == {79 80}", true},
		{tcpPacket, "tcp.dst != {79, 80}", false},
		{tcpPacket, "tcp.dst != {79, 81}", true},
		{tcpPacket, "tcp.dst >= 80 && tcp.dst < 81 && tcp.dst > 79 && tcp.dst <= 80", true},
		{tcpPacket, "79 < tcp.dst < 81", true},
		{tcpPacket, "80 == tcp.dst", true},
		{tcpPacket, "80 < tcp.dst", false},
		{tcpPacket, "udp.dst == 80", false},
		{tcpPacket, "udp.dst != 80", false}, // it has no such field
		{tcpPacket, "!(udp.dst == 80)", false},
		{tcpPacket, "!udp", true},
		{tcpPacket, "ip4.src == 10.0.0.0/24", true},
		{tcpPacket, "ip4.src == 10.0.0.0/255.255.255.0", true},
		{tcpPacket, "ip4.src != 10.0.0.0/24", false},
		{tcpPacket, "ip4.dst == $web", false},
		{tcpPacket, "ip4.src == $web", true},
		{tcpPacket, "ip4.src == {10.9.9.9, $web}", true},
		{tcpPacket, "eth.src == $macs", true},
		{tcpPacket, "ip4.src == $none", false},
		{tcpPacket, "inport == @pg", true},
		{tcpPacket, "inport == @none", false},
		{tcpPacket, `inport == "p1"`, true},
		{tcpPacket, `inport == {"p2", "p3"}`, false},
		{tcpPacket, `outport == "p1"`, false},
		{tcpPacket, "eth.mcast", false},
		{tcpPacket, "eth.src[40]", false},
		{tcpPacket, "eth.src[41]", true},
		{tcpPacket, "!eth.src[41]", false},
		{tcpPacket, "reg0[4..7] == 5 && reg0[4] && !reg0[5] && reg0 == 0x50", true},
		{tcpPacket, "reg0 == 0x40/0xf0", false},
		{tcpPacket, "vlan.present", false},
		{tcpPacket, "ct.new || ct.est || ct.trk", false},
		{tcpPacket, "!ct.trk", true},
		{tcpPacket, "ct_mark.blocked == 0", true},
		{tcpPacket, "ip.ttl == {1, 2} /* nearly dead */", false},
		{solicitation, "nd && nd_ns && icmp6", true},
		{solicitation, "nd_na", false},
		{solicitation, "eth.mcast && ip6.mcast", true},
		{solicitation, "nd_ns && ip6.dst == {fe80::2, ff02::1:ff00:2} && nd.target == fe80::2", true},
		{solicitation, "ip6.src == fe80::/10", true},
		{solicitation, "ip4", false},
	} {
		p, err := parsePacket(c.packet)
		require.NoError(t, err)
		m, err := parseMatch(c.match)
		require.NoError(t, err, c.match)
		require.Equal(t, c.holds, m.holds(p, sets, false), c.match)
	}
}

func TestMatchFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "a field or a predicate is expected at the end",
		"ip4 &&":                "a field or a predicate is expected at the end",
		"ip4 && ip || arp":      "&& and || need parentheses between them",
		"(ip4":                  ") is expected at the end",
		"ip4)":                  `&& or || is expected before ")"`,
		"ip4.scr == 10.0.0.1":   `the field "ip4.scr" is not known here`,
		"ip4.src":               "ip4.src has to be compared with something",
		"ip4.src == fe80::1":    "ip4.src has 32 bits, too few for fe80::1",
		"ip4.src == 10.0.0":     `neither a number nor an address at "10.0.0"`,
		"ip4.src == 10.0.0.0/":  `unexpected "/"`,
		"ip4.src == 1.1.1.1/33": "a prefix longer than the address",
		`ip4.src == "x"`:        "ip4.src is compared with a number or an address",
		"inport == 5":           "inport is compared with a text in double quotes",
		`inport < "a"`:          "< compares one number",
		"tcp.dst < {1, 2}":      "< compares one number",
		"tcp.dst == {1":         "compared with a number",
		"reg0[32]":              "reg0 has the bits 0 to 31",
		"reg0[5..4] == 0":       "reg0 has the bits 0 to 31",
		"inport[0]":             "inport is a text and has no bits",
		`inport == "x`:          "a string without end",
		"ip4 & arp":             `unexpected "&"`,
		`1 == "inport"`:         `the field "inport" is not known here`,
	} {
		_, err := parseMatch(text)
		require.ErrorContains(t, err, want, text)
	}
}

func TestPacketFaults(t *testing.T) {
	for text, want := range map[string]string{
		"ip4 && ip6":                     "no packet is like that",
		"tcp.dst > 80":                   "no packet is like that",
		"ip4.sorc == 1.2.3.4":            `the field "ip4.sorc" is not known here`,
		"eth.type == 5 && tcp.dst == 80": "no packet is like that",
	} {
		_, err := parsePacket(text)
		require.ErrorContains(t, err, want, text)
	}
}
