package match

import (
	"flag"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/logical/lex"
	"woven/internal/logical/oracle"
)

func appendConstant(t *lex.Token) []byte { return lex.AppendConstant(nil, t) }

var expressions = flag.Int("expressions", 600, "how many random matches are compared with the reference")

// seed is a new one for each run, or $SEED.
func seed(t *testing.T) uint64 {
	n := uint64(time.Now().UnixNano())
	if text := os.Getenv("SEED"); text != "" {
		var err error
		n, err = strconv.ParseUint(text, 10, 64)
		require.NoError(t, err)
	}
	t.Logf("SEED=%d", n)
	return n
}

func startOracle(t *testing.T) (*oracle.Oracle, *world) {
	o := oracle.Start(t)
	o.AddSets(addressSets, portGroups)
	w := &world{datapath: o.Key(oracle.Switch), keys: map[string]int{"none": 0}, bound: oracle.Ports}
	for _, name := range append([]string{"_MC_flood", "_MC_unknown"}, oracle.Ports...) {
		if key := o.Key(name); key != 0 {
			w.keys[name] = key
		}
	}
	return o, w
}

var conjunction = regexp.MustCompile(`conjunction\((\d+),(\d+)/(\d+)\)`)

// reference describes what the reference has made of a match.
func reference(c oracle.Compiled) []string {
	var flows []flow
	for _, f := range c.Flows {
		if strings.Contains(f.Match, "nw_frag=<error>") {
			continue // no packet is a later fragment but no fragment
		}
		made := flow{match: f.Match}
		for _, parts := range conjunction.FindAllStringSubmatch(f.Actions, -1) {
			id, _ := strconv.Atoi(parts[1])
			clause, _ := strconv.Atoi(parts[2])
			clauses, _ := strconv.Atoi(parts[3])
			made.clauses = append(made.clauses, dimension{id, clause, clauses})
		}
		flows = append(flows, made)
	}
	return describe(flows)
}

// ours describes what we make of a match and of what its actions imply.
func (w *world) ours(match, prerequisite string, symbolic bool) ([]string, error) {
	rows, err := Expand(match, prerequisite, w.values(match, symbolic))
	return w.flows(rows), err
}

// implying are actions and what they imply.
var implying = [][2]string{{"drop;", ""}, {"next;", ""}, {"ct_next;", "ip"}, {"icmp4 { drop; };", "ip4"},
	{"nd_na { next; };", "nd_ns"}, {"tcp_reset { drop; };", "tcp"}, {"reg0[0] = dns_lookup(); next;", "udp"},
	{"put_arp(inport, arp.spa, arp.sha);", "arp"}}

// TestRandomMatchesAgainstTheReference compares random matches with what the installed
// ovn-controller makes of them: the same flows, and the same ones refused.
func TestRandomMatchesAgainstTheReference(t *testing.T) {
	o, w := startOracle(t)
	g := &generator{rand: rand.New(rand.NewPCG(seed(t), 0)), invalid: true}
	for left := *expressions; left > 0; left -= batch {
		var flows []oracle.LogicalFlow
		var implied []string
		for len(flows) < min(left, batch) {
			if m := g.expression(3); w.isSmall(m) {
				actions := implying[0]
				if g.one(3) {
					actions = pick(g, implying...)
				}
				flows = append(flows, oracle.LogicalFlow{Match: m, Actions: actions[0]})
				implied = append(implied, actions[1])
			}
		}
		for i, compiled := range o.Compile(flows) {
			m := flows[i].Match
			for _, symbolic := range []bool{false, true} {
				got, err := w.ours(m, implied[i], symbolic)
				if compiled.Error != "" {
					require.Error(t, err, "%s\nthe reference says: %s", m, compiled.Error)
					continue
				}
				require.NoError(t, err, m)
				if want := reference(compiled); !slices.Equal(want, got) {
					t.Fatalf("%s\n%s", m, difference(want, got))
				}
			}
		}
	}
}

// batch is how many matches the reference compiles at a time.
const batch = 1000

// isSmall says whether a match is fit for comparison: makes few flows, where the reference does not
// need seconds.
func (w *world) isSmall(match string) bool {
	if strings.Contains(match, "frag") && transport.MatchString(match) {
		return false // the ports of later fragments make the reference start anew for ever
	}
	e := new(expander)
	e.work = smallWork
	x, err := e.lower(&e.main, match, w.values(match, false))
	if err == nil && weight(x) > 50_000 {
		return false
	}
	if err == nil {
		e.normalize(x)
	}
	// Of conjunctive matches that differ in what OpenFlow cannot ask for only, the reference installs
	// a mixture.
	return e.err == nil && len(e.rows) < 300 && !(e.lossy && e.parts > 0)
}

// weight is how many conjunctions of comparisons a formula has at most when all is multiplied out.
func weight(x *formula) int {
	if len(x.parts) == 0 {
		return 1
	}
	w := weight(x.parts[0])
	for _, part := range x.parts[1:] {
		if x.form == formAll {
			w *= weight(part)
		} else {
			w += weight(part)
		}
		w = min(w, 1_000_000)
	}
	return w
}

var transport = regexp.MustCompile(`(tcp|udp|sctp)\.`)

// smallWork is what matches of few flows need of maxWork.
const smallWork = 20_000

// difference lists what only one of two sorted lists has, the first of it.
func difference(want, got []string) string {
	var b strings.Builder
	for _, line := range want {
		if !slices.Contains(got, line) && b.Len() < 2000 {
			b.WriteString("- " + line + "\n")
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) && b.Len() < 4000 {
			b.WriteString("+ " + line + "\n")
		}
	}
	return b.String()
}
