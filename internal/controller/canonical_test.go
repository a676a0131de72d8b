package controller

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// canon makes dumps of two controllers comparable: numbers that a controller chooses are replaced
// by what they stand for, and lists without an order are sorted. Cookies stay: they are those of
// the same Southbound.
type canon struct {
	zones  map[string]string // by number in hexadecimal
	groups map[string]string // texts by number
	meters map[string]string
	conj   map[string]string // what a conjunctive match does, by number
}

var (
	zoneLoad    = regexp.MustCompile(`set_field:(0x[0-9a-f]+|0)->(reg1[123])`)
	conjID      = regexp.MustCompile(`conj_id=(\d+),?`)
	conjunction = regexp.MustCompile(`conjunction\((\d+),(\d+/\d+)\)`)
	groupUse    = regexp.MustCompile(`group:(\d+)`)
	meterUse    = regexp.MustCompile(`meter_id=(\d+)|meter:(\d+)`)
	solicited   = regexp.MustCompile(`(dl_src=[^,]*,)(icmp_type=136,)`)
)

// newCanon reads what the numbers of one controller stand for.
func newCanon(zones, groups, meters, flows string) *canon {
	c := &canon{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
	for _, line := range strings.Split(strings.TrimSpace(zones), "\n") {
		if name, number, ok := strings.Cut(line, " "); ok {
			var n int
			fmt.Sscan(number, &n)
			c.zones[fmt.Sprintf("%#x", n)] = name
		}
	}
	for _, line := range strings.Split(groups, "\n") {
		if id, text, ok := strings.Cut(strings.TrimSpace(line), ","); ok {
			c.groups[strings.TrimPrefix(id, "group_id=")] = text
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(meters), "\n") {
		if i := strings.LastIndex(line, ": "); i > 0 {
			c.meters[line[i+2:]] = line[:i]
		}
	}
	for _, line := range strings.Split(flows, "\n") {
		if m := conjID.FindStringSubmatch(line); m != nil {
			c.conj[m[1]] = strings.Replace(strings.TrimSpace(line), m[0], "", 1)
		}
	}
	return c
}

// flows returns the flows, sorted. fixed mends what the reference does wrong: see docs/parity.md.
func (c *canon) flows(dump string, fixed bool) []string {
	var out []string
	for _, line := range strings.Split(strings.TrimSpace(dump), "\n") {
		line = strings.TrimSpace(line)
		match, actions, ok := strings.Cut(line, " actions=")
		if !ok || strings.Contains(match, "idle_timeout") {
			continue
		}
		if fixed && strings.Contains(match, "table=74") && strings.Contains(match, "icmp6") {
			match = strings.Replace(match, "nw_ttl=225", "nw_ttl=255", 1)
			if !strings.Contains(match, "nw_ttl") {
				match = solicited.ReplaceAllString(match, "${1}nw_ttl=255,$2")
			}
		}
		if m := conjID.FindStringSubmatch(match); m != nil {
			match = strings.Replace(match, m[0], "conj_id=C,", 1)
		}
		out = append(out, match+" actions="+c.actions(match, actions))
	}
	slices.Sort(out)
	return out
}

func (c *canon) actions(match, actions string) string {
	actions = zoneLoad.ReplaceAllStringFunc(actions, func(s string) string {
		m := zoneLoad.FindStringSubmatch(s)
		return "zone:" + c.zones[m[1]] + "->" + m[2]
	})
	actions = groupUse.ReplaceAllStringFunc(actions, func(s string) string {
		return "group:{" + c.groups[strings.TrimPrefix(s, "group:")] + "}"
	})
	actions = meterUse.ReplaceAllStringFunc(actions, func(s string) string {
		kind, id, _ := strings.Cut(strings.Replace(s, "=", ":", 1), ":")
		return kind + ":{" + c.meters[id] + "}"
	})
	if strings.HasPrefix(actions, "conjunction(") {
		parts := conjunction.FindAllStringSubmatch(actions, -1)
		var texts []string
		for _, p := range parts {
			texts = append(texts, "conjunction{"+c.conj[p[1]]+" "+p[2]+"}")
		}
		slices.Sort(texts)
		return strings.Join(texts, " ")
	}
	if strings.Contains(match, "reg15=0x8") && strings.Contains(match, "priority=100") &&
		(strings.Contains(match, "table=39") || strings.Contains(match, "table=40")) {
		return copies(actions)
	}
	return actions
}

// copies are what a multicast group's flow gives to whom, in no order: the zone and the port of each
// resubmission, and the tunnel key of each output.
func copies(actions string) string {
	state := map[string]string{}
	var out []string
	for _, a := range strings.Split(actions, ",") {
		switch {
		case strings.HasPrefix(a, "zone:"), strings.HasPrefix(a, "set_field:"):
			value, field, _ := strings.Cut(a, "->")
			state[field] = value
		case strings.HasPrefix(a, "output:"):
			out = append(out, fmt.Sprint(a, " ", state["tun_id"], " ", state["reg15"]))
		case strings.HasPrefix(a, "41"), strings.HasPrefix(a, "40"):
			out = append(out, fmt.Sprint(a, " ", state["reg13"], " ", state["reg15"]))
		case strings.HasPrefix(a, "resubmit("), strings.HasPrefix(a, "move:"):
		default:
			out = append(out, a)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}
