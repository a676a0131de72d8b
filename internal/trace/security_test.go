package trace

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPortSecurity(t *testing.T) {
	const mac = "eth.src == 02:00:00:00:00:02"
	for packet, allowed := range map[string]bool{
		mac:                             true,
		mac + " && ip4.src == 10.0.0.2": true,
		mac + " && ip4.src == 10.0.0.3": false,
		mac + " && ip4.src == 0.0.0.0 && udp.dst == 67":                 true,
		mac + " && arp.sha == 02:00:00:00:00:02 && arp.spa == 10.0.0.2": true,
		mac + " && arp.sha == 02:00:00:00:00:03 && arp.spa == 10.0.0.2": false,
		mac + " && arp.sha == 02:00:00:00:00:02 && arp.spa == 10.0.0.3": false,
		mac + " && ip6.src == fe80::ff:fe00:2":                          true,
		mac + " && ip6.src == fe80::1":                                  false,
		mac + " && ip6.src == :: && ip6.dst == ff02::1:ff00:2":          true,
		"eth.src == 02:00:00:00:00:03":                                  false,
	} {
		_, tr := text(t, `inport == "p2" && `+packet, "new",
			`ingress 0 1 => reg0[15] = check_in_port_sec(); next;`, `ingress 1 reg0[15] == 1 => drop;`,
			`ingress 1 1 => outport = "p1"; output;`, `egress 0 1 => output;`)
		require.Equal(t, allowed, len(tr.Delivered) == 1, packet)
	}
	for packet, allowed := range map[string]bool{
		"eth.dst == 02:00:00:00:00:02":                               true,
		"eth.dst == 02:00:00:00:00:03":                               false,
		"eth.dst == 02:00:00:00:00:02 && ip4.dst == 10.0.0.2":        true,
		"eth.dst == 02:00:00:00:00:02 && ip4.dst == 10.0.0.3":        false,
		"eth.dst == 02:00:00:00:00:02 && ip4.dst == 224.0.0.1":       true,
		"eth.dst == 02:00:00:00:00:02 && ip4.dst == 255.255.255.255": true,
		"eth.dst == 02:00:00:00:00:02 && ip6.dst == fe80::ff:fe00:2": true,
		"eth.dst == 02:00:00:00:00:02 && ip6.dst == ff02::1":         true,
		"eth.dst == 02:00:00:00:00:02 && ip6.dst == fe80::9":         false,
	} {
		_, tr := text(t, `inport == "p1" && `+packet, "new", `ingress 0 1 => outport = "p2"; output;`,
			`egress 0 1 => reg0[15] = check_out_port_sec(); next;`, `egress 1 reg0[15] == 1 => drop;`,
			`egress 1 1 => output;`)
		require.Equal(t, allowed, len(tr.Delivered) == 1, packet)
	}
}
