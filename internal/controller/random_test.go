package controller

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/testbed"
)

var (
	seeds  = flag.Int("seeds", 1, "how many random networks are made")
	rounds = flag.Int("rounds", 4, "how often the controllers take turns in each")
	seed   = flag.Uint64("seed", 0, "the first network's seed; 0 takes one from the clock")
)

// generator makes random commands over a small network.
type generator struct {
	*rand.Rand
	s *site
}

// addresses, matches and actions that commands are made of.
var (
	addressForms = []string{"unknown", "%s 10.0.0.%d", "%s", "%s 10.0.0.%d fd00::%x"}
	secureForms  = []string{"", "%s", "%s 10.0.0.%d", "%s 10.0.0.%d/24 fd00::%x/64", "%s 10.0.0.0/24", "bogus"}
	aclMatches   = []string{"ip4", "ip6.src == fd00::/64", "outport == @pg && ip4.src == $as",
		"ip4.src == $as && tcp.dst == {80, 443}", "ip4.src == {10.0.0.1, 10.0.0.2} && ip4.dst == $as",
		"ip4.src != $as", "udp.dst >= 1000 && udp.dst < 1100", "outport == \"p1\" && arp",
		"eth.src == 02:00:00:00:00:01", "icmp4.type == 8 || icmp6.type == 128", "ct.est && tcp", "bogus =="}
	aclActions = []string{"allow", "allow-related", "allow-stateless", "drop", "reject"}
)

func (g *generator) pick(list []string) string { return list[g.IntN(len(list))] }

// fill makes an address of a form, of which the number n is a part.
func fill(form string, n int) string {
	switch strings.Count(form, "%") {
	case 0:
		return form
	case 1:
		return fmt.Sprintf(form, mac(n))
	case 2:
		return fmt.Sprintf(form, mac(n), n)
	}
	return fmt.Sprintf(form, mac(n), n, n)
}

func mac(n int) string { return fmt.Sprintf("02:00:00:00:00:%02x", n) }

// command does one random thing. What ovn-nbctl refuses is not done, for either controller.
func (g *generator) command() string {
	// Ports from 7 on have no interface here: what is ours and is then bound elsewhere comes back at
	// another moment than with the reference.
	number := g.IntN(8) + 1
	port, elsewhere := fmt.Sprint("p", number), fmt.Sprint("p", g.IntN(2)+7)
	here := fmt.Sprint("p", g.IntN(6)+1)
	nbctl := func(args ...string) string {
		_, err := g.s.bed.Central.NBCtl(args...)
		return fmt.Sprint("nbctl ", args, " ", err)
	}
	vsctl := func(args ...string) string {
		_, err := g.s.hv.VSCtl(args...)
		return fmt.Sprint("vsctl ", args, " ", err)
	}
	sbctl := func(args ...string) string {
		_, err := g.s.bed.Central.SBCtl(args...)
		return fmt.Sprint("sbctl ", args, " ", err)
	}
	set := func(column, value string) string {
		if value == "" {
			return nbctl("clear", "Logical_Switch_Port", port, column)
		}
		return nbctl("set", "Logical_Switch_Port", port, column+`="`+value+`"`)
	}
	switch g.IntN(13) {
	case 0, 1:
		// No two ports have one address: whose flow counts then depends on a hash in the reference.
		return nbctl("--may-exist", "lsp-add", fmt.Sprint("sw", g.IntN(2)), port, "--",
			"lsp-set-addresses", port, fill(g.pick(addressForms), number))
	case 2:
		return nbctl("--if-exists", "lsp-del", port)
	case 3:
		return set("port_security", fill(g.pick(secureForms), g.IntN(9)+1))
	case 4, 5:
		// Nor do two ACLs of a switch have one priority and match.
		at := g.IntN(3)
		return nbctl("--may-exist", "acl-add", []string{"sw0", "sw1", "pg"}[at],
			g.pick([]string{"to-lport", "from-lport"}), fmt.Sprint(1000+100*at+g.IntN(3)),
			g.pick(aclMatches), g.pick(aclActions))
	case 6:
		return nbctl("acl-del", g.pick([]string{"sw0", "sw1", "pg"}))
	case 7:
		return nbctl(g.pick([]string{"add", "remove"}), "Address_Set", "as", "addresses",
			fmt.Sprintf("10.0.0.%d", g.IntN(4)+1))
	case 8:
		return nbctl("pg-set-ports", "pg", port)
	case 9:
		return vsctl("--may-exist", "add-port", "br-int", here, "--", "set", "Interface", here,
			"type=dummy", "external_ids:iface-id="+here)
	case 10:
		return vsctl("--if-exists", "del-port", here)
	case 11:
		return sbctl("--may-exist", "lsp-bind", elsewhere, g.pick([]string{"hv2", "hv3"}))
	}
	return nbctl("lsp-set-options", port, g.pick([]string{"requested-chassis=hv1", "requested-chassis=hv2",
		"requested-chassis="}))
}

// In random networks too, woven-controller and the reference make the same of one Southbound.
func TestControllersAgreeOnRandomNetworks(t *testing.T) {
	first := *seed
	if first == 0 {
		first = uint64(time.Now().UnixNano())
	}
	for i := range *seeds {
		number := first + uint64(i)
		t.Run(fmt.Sprint("seed ", number), func(t *testing.T) {
			s := newSite(t, ours())
			s.nbctl("ls-add", "sw1", "--", "pg-add", "pg", "p1", "--", "create", "Address_Set", "name=as",
				"addresses=10.0.0.1")
			s.sbctl("chassis-add", "hv2", "geneve", "192.168.0.2")
			s.sbctl("chassis-add", "hv3", "geneve", "192.168.0.3")
			g := &generator{Rand: rand.New(rand.NewPCG(number, 1)), s: s}
			for range *rounds {
				for range 8 {
					t.Log(g.command())
				}
				s.agree(t)
			}
		})
	}
}

// agree compares what the two controllers make of the present state.
func (s *site) agree(t *testing.T) {
	s.t = t
	require.NoError(t, s.bed.Settle())
	have := s.look(false)
	require.NoError(t, s.hv.Replace(testbed.ReferenceController()))
	require.NoError(t, s.bed.Settle())
	want := s.look(true)
	require.Equal(t, strings.Join(want.flows, "\n"), strings.Join(have.flows, "\n"))
	require.Equal(t, strings.Join(want.rows, "\n"), strings.Join(have.rows, "\n"))
	require.NoError(t, s.hv.Replace(ours()))
}
