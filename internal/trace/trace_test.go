package trace

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// flows makes flows of lines: pipeline table priority match => actions.
func flows(lines ...string) []*Flow {
	var out []*Flow
	for i, line := range lines {
		head, actions, _ := strings.Cut(line, " => ")
		words := strings.SplitN(head, " ", 3)
		out = append(out, &Flow{Pipeline: words[0], Table: int(words[1][0] - '0'), Stage: "t" + words[1],
			Priority: len(lines) - i, Match: words[2], Actions: actions})
	}
	return out
}

// text runs a packet over flows of one switch with the ports p1, p2 and p3.
func text(t *testing.T, packet, tracking string, lines ...string) (string, *Trace) {
	t.Helper()
	d := &Datapath{Name: "sw", Flows: flows(lines...), Ports: map[string]*Port{"p1": {},
		"p2": {Security: []string{"02:00:00:00:00:02 10.0.0.2"}}, "p3": {}},
		Groups: map[string][]string{"all": {"p3", "p1", "p2"}}}
	n := &Network{Datapaths: []*Datapath{d}}
	tr, err := n.Run(packet, tracking)
	require.NoError(t, err)
	var b strings.Builder
	tr.Print(&b, true)
	return b.String(), tr
}

func TestPipelines(t *testing.T) {
	got, tr := text(t, `inport == "p1" && ip4.src == 10.0.0.1`, "new",
		`ingress 0 ip4 => reg1 = 7; next(pipeline=ingress, table=2);`,
		`ingress 2 reg1 == 7 => outport = "all"; output;`,
		`egress 0 outport == "p3" => /* no */`,
		`egress 0 reg1 == 0 => output;`)
	require.Equal(t, []string{"p2"}, tr.Delivered)
	require.Equal(t, `ingress(dp="sw", inport="p1")
-----------------------------
 0. t0: ip4, priority 4
    reg1 = 7;
    next(pipeline=ingress, table=2);
 2. t2: reg1 == 7, priority 3
    outport = "all";
    output;
    /* not back to "p1", where it came from */

egress(dp="sw", inport="p1", outport="p2")
------------------------------------------
 0. t0: reg1 == 0, priority 1
    output;
    /* delivered to "p2" */

egress(dp="sw", inport="p1", outport="p3")
------------------------------------------
 0. t0: outport == "p3", priority 2
    /* dropped */

The packet is delivered to p2.
`, got)
}

func TestActions(t *testing.T) {
	for name, c := range map[string]struct {
		packet, tracking string
		lines            []string
		delivered        []string
		says             string
	}{
		"an answer to ARP goes back": {`inport == "p1" && arp.op == 1 && arp.spa == 10.0.0.1`, "new",
			[]string{`ingress 0 arp.op == 1 => arp.op = 2; arp.tpa = arp.spa; outport = inport; flags.loopback = 1; output;`,
				`egress 0 arp.op == 2 && arp.tpa == 10.0.0.1 => output;`}, []string{"p1"}, ""},
		"an answer to a solicitation": {solicitation, "new",
			[]string{`ingress 0 nd_ns => nd_na { eth.src = 02:00:00:00:00:09; outport = inport; flags.loopback = 1; output; };`,
				`egress 0 nd_na && eth.dst == 02:00:00:00:00:01 => output;`}, []string{"p1"}, "nd_na {"},
		"a rejected packet's answer": {tcpPacket, "new",
			[]string{`ingress 0 tcp.dst == 80 => reject { outport <-> inport; next(pipeline=egress,table=5); };`,
				`egress 5 outport == "p1" && tcp.src == 80 && ip4.dst == 10.0.0.1 => output;`}, []string{"p1"},
			"reject {"},
		"connection tracking": {tcpPacket, "est,rpl",
			[]string{`ingress 0 !ct.trk => ct_next;`, `ingress 1 ct.est && ct.rpl && !ct.new => ct_commit { ct_mark.blocked = 1; }; outport = "p2"; output;`,
				`egress 0 1 => ct_clear; output;`}, []string{"p2"}, "ct_state=est|rpl|trk"},
		"a drop after a log": {tcpPacket, "new", []string{`ingress 0 1 => log(name="a", severity=info);`},
			[]string{}, "/* dropped */"},
		"no flow": {tcpPacket, "new", nil, []string{}, "no match: dropped"},
		"circles": {tcpPacket, "new", []string{`ingress 0 1 => next(table=0);`}, []string{},
			"goes round in circles"},
		"copies in circles": {tcpPacket, "new", []string{`ingress 0 1 => next(pipeline=egress,table=0); next(pipeline=egress,table=0);`,
			`egress 0 1 => next(pipeline=ingress,table=0);`}, []string{}, "goes round in circles"},
		"a port of another switch": {tcpPacket, "new", []string{`ingress 0 1 => outport = "far"; output;`},
			[]string{}, `the switch has no port "far"`},
		"a flow that cannot be read": {tcpPacket, "new", []string{`ingress 0 tpc => drop;`,
			`ingress 0 1 => outport = "p2"; output;`, `egress 0 1 => output;`}, []string{"p2"},
			`passed over: t0, priority 3, tpc => drop;: the field "tpc" is not known here`},
		"nothing learnt": {tcpPacket, "new", []string{`ingress 0 1 => reg0[11] = lookup_fdb(inport, eth.src); outport = get_fdb(eth.dst); next;`,
			`ingress 1 outport == "none" && reg0[11] == 0 => put_fdb(inport, eth.src); drop;`}, []string{},
			"would learn"},
		"something unknown": {tcpPacket, "new", []string{`ingress 0 1 => reg0[1] = dance(3); jump_up(5); drop;`},
			[]string{}, "jump_up is not followed here"},
	} {
		t.Run(name, func(t *testing.T) {
			got, tr := text(t, c.packet, c.tracking, c.lines...)
			require.Equal(t, c.delivered, tr.Delivered, got)
			require.Contains(t, got, c.says)
		})
	}
}

func TestActionFaults(t *testing.T) {
	for text, want := range map[string]string{
		"next":                         "; is expected at the end",
		"next(":                        ") is expected at the end",
		"next;;":                       "an action is expected",
		"reg0 == 1;":                   "= or <-> is expected behind reg0",
		"reg0 = \"x\";":                "a value for reg0 is expected",
		"inport = 5;":                  "a value for inport is expected",
		"reg0 = eth.src;":              "reg0 and eth.src differ in width",
		"reject { next; ":              "} is expected at the end",
		"reg0 = get_it;":               "( is expected",
		"inport <-> 5;":                "a value for inport is expected",
		"eth.src = 02:00:00:00:0:0:1;": "neither a number nor an address",
	} {
		_, err := parseActions(text)
		require.ErrorContains(t, err, want, text)
	}
}

func TestRunFaults(t *testing.T) {
	n := &Network{Datapaths: []*Datapath{{Name: "sw", Ports: map[string]*Port{"p1": {}}}}}
	for packet, want := range map[string]string{
		"ip4":              "it has to enter somewhere",
		`inport == "p9"`:   `no switch has a port "p9"`,
		`inport == "p1" &`: "unexpected",
	} {
		_, err := n.Run(packet, "new")
		require.ErrorContains(t, err, want)
	}
	_, err := n.Run(`inport == "p1"`, "old")
	require.ErrorContains(t, err, `"old" is no state of a connection`)
}

// FuzzParse looks for texts that matches and actions cannot be read from without a crash.
func FuzzParse(f *testing.F) {
	for _, s := range []string{tcpPacket, solicitation, "ip4.src == {10.0.0.0/8, $a} && !(inport == @pg)",
		`reg0[15] = check_in_port_sec(); outport <-> inport; reject { next(pipeline=egress,table=5); };`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if m, err := parseMatch(text); err == nil {
			p, err := parsePacket(text)
			require.True(t, err != nil || m.holds(p, &Network{}, false))
		}
		if _, err := parseActions(text); err != nil {
			return
		}
		n := &Network{Datapaths: []*Datapath{{Name: "sw", Ports: map[string]*Port{"p1": {}},
			Flows: []*Flow{{Pipeline: "ingress", Match: "1", Actions: text}}}}}
		_, err := n.Run(`inport == "p1"`, "new")
		require.NoError(t, err)
	})
}
