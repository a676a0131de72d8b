package action

import (
	"flag"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/logical/match"
	"woven/internal/logical/oracle"
)

// The meters and collectors that actions may name.
const (
	someMeter       = "m1"
	controllerMeter = "ctl"
	collectors      = 7
)

// reference is a running ovn-controller.
type reference struct {
	*oracle.Oracle
	t      *testing.T
	worlds map[string]*world // by datapath
	// compared is how many flows the switch had.
	compared int
}

func startReference(t *testing.T) *reference {
	r := &reference{Oracle: oracle.Start(t), t: t, worlds: map[string]*world{}}
	r.AddMeters(someMeter, controllerMeter)
	r.AddCollectors(collectors)
	for _, datapath := range []string{oracle.Switch, oracle.Router} {
		r.worlds[datapath] = &world{ports: r.PortKeys(datapath), dhcpv4: r.DHCPOptions("DHCP_Options"),
			dhcpv6:       r.DHCPOptions("DHCPv6_Options"),
			capabilities: map[string]string{"ct_zero_snat": "true", "max_hash_alg": "1"},
			collectors:   []string{fmt.Sprint(collectors)}, datapathKey: fmt.Sprint(r.Key(datapath))}
	}
	return r
}

// compare has flows compiled by both and compares the results: the OpenFlow actions byte for byte
// with the user data in them, and the groups, or that there is an error.
func (r *reference) compare(stage oracle.Stage, flows []oracle.ActionFlow) {
	r.t.Helper()
	compiled := r.Actions(stage, flows)
	at := Place{Egress: stage.Egress, Table: stage.Table, Router: stage.Datapath == oracle.Router}
	w := *r.worlds[stage.Datapath]
	w.groups, w.meters = r.Groups(), r.Meters()
	for i, f := range flows {
		c := compiled[i]
		w.cookie = cookie(c.UUID)
		w.controllerMeter = ""
		if f.ControllerMeter != "" {
			w.controllerMeter = w.meters[f.ControllerMeter]
		}
		w.rateLimits = ownMeters(w.meters, c.UUID)
		text, groups, err := w.compile(r.t, f.Actions, at)
		if err != nil && c.Error == "" && forgiving.MatchString(f.Actions) {
			continue
		}
		if c.Error != "" {
			require.Error(r.t, err, "%s\nthe reference says %s", f.Actions, c.Error)
			continue
		}
		require.NoError(r.t, err, f.Actions)
		require.Equal(r.t, c.Matches, r.matches(f, stage), "%s in %+v", f.Actions, stage)
		if len(c.Matches) == 0 {
			continue // no packet can be of all the kinds that the actions are for
		}
		r.compared++
		require.Equal(r.t, c.Actions, text, "%s in %+v", f.Actions, stage)
		for _, g := range groups {
			require.Contains(r.t, w.groups, g, "%s in %+v", f.Actions, stage)
		}
	}
}

// forgiving finds actions of which the reference skips tokens that it does not know.
var forgiving = regexp.MustCompile(`\b(set_meter|set_queue|sample|ct_lb|ct_lb_mark|fwd_group)\b`)

// mixedUp are random texts most of which are wrong in one place. What the switch refuses, which
// woven finds itself or which needs a match, is not among them, nor what crashes the reference.
func mixedUp(t *testing.T, n int) (flows []oracle.ActionFlow) {
	g := newGenerator(t)
	m := newMixer(seeds(t))
	refused := regexp.MustCompile(`commit|frag_mtu|arp\.op|/ ?0\b|clone.*clone.*clone.*clone`)
	for len(flows) < n {
		if text := m.mix(g, 1); !refused.MatchString(text) {
			flows = append(flows, oracle.ActionFlow{Actions: text})
		}
	}
	return flows
}

// matches are the OpenFlow matches of a flow and what its actions demand of packets.
func (r *reference) matches(f oracle.ActionFlow, stage oracle.Stage) (list []string) {
	r.t.Helper()
	p, err := Parse(f.Actions)
	require.NoError(r.t, err)
	own := f.Match
	if own == "" {
		own = "1"
	}
	rows, err := match.Expand(own, p.Prerequisite(), nil)
	require.NoError(r.t, err, f.Actions)
	for _, row := range rows {
		require.Zero(r.t, row.Part, f.Actions)
		b, ok := match.AppendText(nil, row.Pattern, uint64(r.Key(stage.Datapath)), 0, "")
		require.True(r.t, ok)
		list = append(list, string(b))
	}
	slices.Sort(list)
	return list
}

// cookie is the first 32 bits of a UUID as a decimal number.
func cookie(uuid string) string {
	var v uint32
	_, _ = fmt.Sscanf(uuid[:8], "%x", &v) // a UUID begins with hexadecimal digits
	return fmt.Sprint(v)
}

var ownMeter = regexp.MustCompile(`^__string: uuid (\S+) (.*) bands=(.*)$`)

// ownMeters are the ids of a flow's own meters by their texts.
func ownMeters(meters map[string]string, uuid string) map[string]string {
	own := map[string]string{}
	for name, id := range meters {
		if parts := ownMeter.FindStringSubmatch(name); parts != nil && parts[1] == uuid {
			own[parts[2]+" bands=\n"+parts[3]] = id
		}
	}
	return own
}

var generatedFlows = flag.Int("flows", 300, "how many random logical flows are compared with the reference")

// TestReference compares every case of testdata, and generated ones, with what the installed
// ovn-controller makes of them.
func TestReference(t *testing.T) {
	r := startReference(t)
	var flows, withZone []oracle.ActionFlow
	for _, file := range caseFiles(t) {
		if filepath.Base(file) == "stricter.txt" {
			continue
		}
		cases, _ := readCases(t, file)
		for _, c := range cases {
			f := oracle.ActionFlow{Match: c.match, Actions: c.text, ControllerMeter: c.controllerMeter}
			if c.snatZone {
				withZone = append(withZone, f)
			} else {
				flows = append(flows, f)
			}
		}
	}
	generated := newGenerator(t).flows(*generatedFlows)
	for _, stage := range []oracle.Stage{{Datapath: oracle.Switch, Table: 3},
		{Datapath: oracle.Switch, Egress: true, Table: 5}, {Datapath: oracle.Router, Table: 12}} {
		r.compare(stage, flows)
		r.compare(stage, generated)
	}
	all := 3 * (len(flows) + len(generated))
	r.compare(oracle.Stage{Datapath: oracle.Switch, Table: 3}, mixedUp(t, *generatedFlows))
	r.ChooseSNATZone(77)
	r.worlds[oracle.Router].snatZone = true
	r.compare(oracle.Stage{Datapath: oracle.Router}, withZone)
	require.Greater(t, r.compared, all/2, "too few flows had packets")
}
