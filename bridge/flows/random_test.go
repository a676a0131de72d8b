package flows_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/flows"
	"woven/bridge/flows/ovstest"
	"woven/bridge/openflow"
)

// model is what the facts say, to be compared with what the switch has.
type model struct {
	r      *rand.Rand
	flows  map[[3]any][]any // by table, priority and match
	groups map[int]string
	meters map[int]string
}

func newModel(r *rand.Rand) *model {
	return &model{r, map[[3]any][]any{}, map[int]string{}, map[int]string{}}
}

func (m *model) actions() string {
	choices := []string{"drop", "resubmit(,9)", "output:1", fmt.Sprintf("set_field:0x%x->reg1,resubmit(,10)", m.r.IntN(4)+1),
		fmt.Sprintf("group:%d", m.r.IntN(4)+1), fmt.Sprintf("meter:%d,output:1", m.r.IntN(3)+1),
		fmt.Sprintf("clone(group:%d),output:1", m.r.IntN(4)+1), "dec_ttl", "jump"}
	return choices[m.r.IntN(len(choices))]
}

// change makes one random change, in the facts as well.
func (m *model) change(e edit) {
	switch m.r.IntN(10) {
	case 0:
		changeText(e, "put_group", m.groups, m.r.IntN(4)+1, []string{"", "type=all", "type=jump",
			"type=all,bucket=bucket_id:0,actions=output:1", "type=select,selection_method=odd"}[m.r.IntN(5)])
	case 1:
		changeText(e, "put_meter", m.meters, m.r.IntN(3)+1, []string{"", "kbps bands=type=drop rate=1",
			"kbps bands=type=drop rate=2", "kbps bands=type=drop rate=0"}[m.r.IntN(4)])
	default:
		match := []string{"", "ip", "tcp", "ip,metadata=0x1", "arp", "ip,nw_src=10.0.0.0/8", "color=red"}[m.r.IntN(7)]
		key := [3]any{m.r.IntN(4), 10 * m.r.IntN(4), match}
		if old := m.flows[key]; old != nil {
			e.drop("put_flow", old...)
			delete(m.flows, key)
		}
		if m.r.IntN(4) > 0 {
			now := []any{key[0], key[1], key[2], m.actions(), m.r.IntN(3)}
			e.put("put_flow", now...)
			m.flows[key] = now
		}
	}
}

func changeText(e edit, relation string, texts map[int]string, id int, text string) {
	if old, ok := texts[id]; ok {
		e.drop(relation, id, old)
		delete(texts, id)
	}
	if text != "" {
		e.put(relation, id, text)
		texts[id] = text
	}
}

// wanted is what the switch should have. The reference is what is known of the switch: it takes no
// group of an odd method, no meter without a rate, and no dec_ttl where no IP packet comes.
func (m *model) wanted() []string {
	list := []string{}
	groups, meters := map[string]bool{}, map[string]bool{}
	for id, text := range m.groups {
		if !strings.Contains(text, "odd") && !strings.Contains(text, "jump") {
			groups[fmt.Sprintf("group:%d", id)] = true
			list = append(list, fmt.Sprintf("group_id=%d,%s", id, text))
		}
	}
	for id, text := range m.meters {
		if !strings.HasSuffix(text, "=0") {
			meters[fmt.Sprintf("meter:%d", id)] = true
			list = append(list, fmt.Sprintf("meter=%d %s", id, text))
		}
	}
	for _, f := range m.flows {
		match, actions := f[2].(string), f[3].(string)
		usable := actions != "jump" && match != "color=red"
		usable = usable && (actions != "dec_ttl" || match != "" && match != "arp")
		for i := range 5 {
			group, meter := fmt.Sprintf("group:%d", i), fmt.Sprintf("meter:%d", i)
			usable = usable && (!strings.Contains(actions, group) || groups[group]) &&
				(!strings.Contains(actions, meter) || meters[meter])
		}
		if usable {
			parsedMatch, _ := openflow.ParseMatch(match)
			parsedActions, _ := openflow.ParseActions(actions)
			list = append(list, (&openflow.Flow{Table: uint8(f[0].(int)), Priority: uint16(f[1].(int)),
				Cookie: uint64(f[4].(int)), Match: parsedMatch, Actions: parsedActions}).String())
		}
	}
	slices.Sort(list)
	return list
}

// found is what the switch has.
func found(t *testing.T, sw *ovstest.Switch) []string {
	list := append(dumpFlows(t, sw), dump(t, sw, "dump-groups")...)
	meters, err := sw.OFCtl("dump-meters")
	require.NoError(t, err)
	_, meters, _ = strings.Cut(meters, "\n")
	for meter := range strings.SplitSeq(meters, "\n\n") {
		if meter = strings.TrimSpace(meter); meter != "" {
			list = append(list, strings.ReplaceAll(meter, "bands=\n", "bands="))
		}
	}
	slices.Sort(list)
	return list
}

// Whatever changes, and whoever restarts: the switch has what the facts say, but for what it cannot
// have.
func TestRandom(t *testing.T) {
	t.Logf("-flows.seed %d", *seed)
	r := rand.New(rand.NewPCG(*seed, 0))
	sw := newSwitch(t)
	for round := range 4 {
		m := newModel(r)
		start := func() *world {
			w := newWorld(t, sw.Remote(), func(c *flows.Config) { c.Limit = 1 + r.IntN(2)*100_000 })
			w.edit(func(e edit) {
				e.put("put_ready", 1)
				for _, f := range m.flows {
					e.put("put_flow", f...)
				}
				for id, text := range m.groups {
					e.put("put_group", id, text)
				}
				for id, text := range m.meters {
					e.put("put_meter", id, text)
				}
			})
			return w
		}
		w := start()
		for step := range 60 {
			for range 1 + r.IntN(3) {
				w.edit(func(e edit) {
					for range r.IntN(30) {
						m.change(e)
					}
				})
			}
			switch r.IntN(20) {
			case 0:
				w.stop()
				w = start()
			case 1:
				sw.Kill()
				require.NoError(t, sw.Start())
				connections := w.counter("openflow_connections")
				eventually(t, "connected", func() bool { return w.counter("openflow_connections") >= min(connections, 1) })
				eventually(t, "connected", func() bool { return w.sink.Status() == "connected" })
			}
			if r.IntN(2) == 0 {
				w.put("put_wait", step) // a batch of its own, after whatever happened
				w.settle()
				require.Equal(t, m.wanted(), found(t, sw), "seed %d, round %d, step %d\n%s", *seed, round, step,
					strings.Join(w.reasons(), "\n"))
			}
		}
		w.stop()
	}
}
