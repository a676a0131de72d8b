package parity

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Generate makes a random scenario of n transactions on switches, ports and ACLs: mostly valid,
// one value in twenty not. The same seed and n give the same scenario, row uuids included.
//
// It asks for no tunnel key twice in one scope: who wins then is decided in the reference by the
// order of a hash table. Nor does it ask for keys that the schema forbids: the reference then stops
// writing to the Southbound altogether, so there is nothing to compare with.
func Generate(seed uint64, n int) Scenario {
	g := &generator{rng: rand.New(rand.NewPCG(seed, 0)), nextKey: 1000}
	s := Scenario{Name: fmt.Sprintf("random run with seed %d", seed)}
	s.Steps = append(s.Steps, Step{Verb: "nbctl", Args: g.addSwitch()})
	for range n {
		s.Steps = append(s.Steps, g.step())
	}
	return s
}

// String spells the scenario as a file that ParseScenarios reads back.
func (s Scenario) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "scenario %s\n", s.Name)
	if s.Unseeded {
		b.WriteString("unseeded\n")
	}
	for _, step := range s.Steps {
		b.WriteString(step.String() + "\n")
	}
	return b.String()
}

// generator remembers what its commands have made, so that later ones can refer to it.
type generator struct {
	rng      *rand.Rand
	switches []*genSwitch
	// made are the ports that the current transaction makes; lsp-del does not find these yet.
	made     map[string]bool
	nextName int
	nextKey  int
}

type genSwitch struct {
	id    string
	ports []string
	acls  []string
}

func (g *generator) step() Step {
	switch roll := g.rng.IntN(100); {
	case roll < 3:
		return Step{Verb: "nbctl", Fails: true, Args: g.refused()}
	case roll < 5:
		return Step{Verb: "restart"}
	}
	g.made = map[string]bool{}
	var args []string
	for i := range 1 + g.rng.IntN(4) {
		if i > 0 {
			args = append(args, "--")
		}
		args = append(args, g.operation()...)
	}
	return Step{Verb: "nbctl", Args: args}
}

// refused is a command that ovn-nbctl does not accept.
func (g *generator) refused() []string {
	return pick(g.rng, [][]string{
		{"ls-del", "no-such-switch"},
		{"lsp-del", "no-such-port"},
		{"set", "Logical_Switch_Port", "no-such-port", "enabled=true"},
		{"acl-add", "no-such-switch", "to-lport", "1", "ip", "drop"},
	})
}

// operation is one change; the weights keep some switches and ports around.
func (g *generator) operation() []string {
	if len(g.switches) == 0 {
		return g.addSwitch()
	}
	sw := pick(g.rng, g.switches)
	roll := g.rng.IntN(100)
	switch {
	case roll < 8 && len(g.switches) < 6:
		return g.addSwitch()
	case roll < 11:
		return g.deleteSwitch(sw)
	case roll < 17:
		return g.configureSwitch(sw)
	case roll < 25:
		return g.addACL(sw)
	case roll < 30 && len(sw.acls) > 0:
		return []string{"remove", "Logical_Switch", sw.id, "acls", take(g.rng, &sw.acls)}
	case roll < 55 || len(sw.ports) == 0:
		return g.addPort(sw)
	}
	id := pick(g.rng, sw.ports)
	if roll < 62 && !g.made[id] {
		sw.ports = slices.DeleteFunc(sw.ports, func(port string) bool { return port == id })
		return []string{"lsp-del", id}
	}
	return g.changePort(id)
}

func (g *generator) addSwitch() []string {
	sw := &genSwitch{id: g.uuid()}
	g.switches = append(g.switches, sw)
	return []string{"--id=" + sw.id, "create", "Logical_Switch", "name=" + g.name("sw")}
}

func (g *generator) deleteSwitch(sw *genSwitch) []string {
	g.switches = slices.DeleteFunc(g.switches, func(s *genSwitch) bool { return s == sw })
	return []string{"ls-del", sw.id}
}

func (g *generator) configureSwitch(sw *genSwitch) []string {
	set := []string{"set", "Logical_Switch", sw.id}
	switch g.rng.IntN(6) {
	case 0:
		return append(set, "other_config:vlan-passthru="+pick(g.rng, []string{"true", "false"}))
	case 1:
		return append(set, "other_config:requested-tnl-key="+g.requestedKey())
	case 2:
		return append(set, `external_ids:"neutron:network_name"=`+g.name("net"))
	case 3:
		return append(set, "name="+g.name("renamed"))
	case 4:
		return append(set, "other_config:interconn-ts="+g.name("ts"))
	}
	return []string{"clear", "Logical_Switch", sw.id, "other_config"}
}

func (g *generator) addACL(sw *genSwitch) []string {
	id := g.uuid()
	sw.acls = append(sw.acls, id)
	args := []string{"--id=" + id, "create", "ACL",
		"direction=" + pick(g.rng, []string{"from-lport", "to-lport"}),
		fmt.Sprintf("priority=%d", g.rng.IntN(4)*1000),
		"match=" + quote(pick(g.rng, []string{"ip4.src == 10.0.0.1", "tcp", "ip",
			`inport == "p1" && udp`, "ip6 && icmp6", "arp || (ip4 && tcp)"})),
		"action=" + pick(g.rng, []string{"allow", "allow", "drop", "drop", "reject",
			"allow-related", "allow-stateless"})}
	if g.rng.IntN(4) == 0 {
		args = append(args, "log=true", "name="+g.name("acl"),
			"severity="+pick(g.rng, []string{"alert", "info", "debug"}))
	}
	return append(args, "--", "add", "Logical_Switch", sw.id, "acls", id)
}

func (g *generator) addPort(sw *genSwitch) []string {
	id := g.uuid()
	sw.ports = append(sw.ports, id)
	g.made[id] = true
	name := g.name("p")
	if g.rng.IntN(20) == 0 {
		name = quote(strings.Trim(name, `"`) + pick(g.rng, []string{`"`, `\`, " ", "ü", "\t", "/"}))
	}
	args := []string{"--id=" + id, "create", "Logical_Switch_Port", "name=" + name}
	if g.rng.IntN(3) > 0 {
		args = append(args, g.addresses())
	}
	return append(args, "--", "add", "Logical_Switch", sw.id, "ports", id)
}

func (g *generator) changePort(id string) []string {
	set := []string{"set", "Logical_Switch_Port", id}
	switch g.rng.IntN(9) {
	case 0, 1, 2:
		return append(set, g.addresses())
	case 3:
		return append(set, g.portSecurity())
	case 4:
		return append(set, "enabled="+pick(g.rng, []string{"true", "false"}))
	case 5:
		return append(set, "options:"+pick(g.rng, []string{"foo=bar", "hostname=vm",
			"requested-chassis=nowhere", "localnet_learn_fdb=true",
			"requested-tnl-key=" + g.requestedKey()}))
	case 6:
		return append(set, "type="+pick(g.rng, []string{`""`, `""`, `""`, "localport", "localport",
			"localnet", "localnet", "no-such-type"}))
	case 7:
		return append(set, `external_ids:"neutron:port_name"=`+g.name("nice"))
	}
	return []string{"clear", "Logical_Switch_Port", id,
		pick(g.rng, []string{"options", "addresses", "port_security", "external_ids", "enabled"})}
}

// requestedKey is a tunnel key that nobody else asks for, or, often because few requests are made,
// a text that is none.
func (g *generator) requestedKey() string {
	if g.rng.IntN(4) == 0 {
		return pick(g.rng, []string{"abc", "9x", "0x20", `""`, "99999999999", "0"})
	}
	g.nextKey++
	return fmt.Sprint(g.nextKey)
}

// addresses sets the port's addresses, from small pools, so that some meet.
func (g *generator) addresses() string {
	if g.invalid() {
		return "addresses=" + set(pick(g.rng, []string{"bogus", "10.0.0.1", "02:00:00:00:00",
			"02:00:00:00:00:01 10.0.0.1 junk", "02:00:00:00:00:01 10.0.0.1/99", "unknown please",
			"02:00:00:00:00:01,10.0.0.1", "02:00:00:00:00:01 fd00::zz", " "}))
	}
	var values []string
	for range g.rng.IntN(3) {
		value := fmt.Sprintf("02:00:00:00:00:%02x", g.rng.IntN(40))
		for range g.rng.IntN(3) {
			if g.rng.IntN(3) == 0 {
				value += fmt.Sprintf(" fd00::%x", g.rng.IntN(40))
			} else {
				value += fmt.Sprintf(" 10.0.0.%d", g.rng.IntN(40))
			}
		}
		values = append(values, value)
	}
	if g.rng.IntN(4) == 0 {
		values = append(values, "unknown")
	}
	if g.rng.IntN(10) == 0 {
		values = append(values, pick(g.rng, []string{"dynamic", "router"}))
	}
	return "addresses=" + set(values...)
}

func (g *generator) portSecurity() string {
	if g.invalid() {
		return "port_security=" + set(pick(g.rng, []string{"bogus", "02:00:00", " "}))
	}
	return "port_security=" + set(pick(g.rng, []string{
		fmt.Sprintf("02:00:00:00:00:%02x", g.rng.IntN(40)),
		fmt.Sprintf("02:00:00:00:00:%02x 10.0.0.0/24 fd00::%x", g.rng.IntN(40), g.rng.IntN(40)),
	}))
}

// invalid says whether the next value is to be one that makes no sense.
func (g *generator) invalid() bool { return g.rng.IntN(20) == 0 }

func (g *generator) uuid() string {
	a, b := g.rng.Uint64(), g.rng.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", a>>32, a>>16&0xffff, a&0xfff, b>>48&0xfff,
		b&0xffffffffffff)
}

func (g *generator) name(base string) string {
	g.nextName++
	return fmt.Sprintf("%s%d", base, g.nextName)
}

func pick[T any](rng *rand.Rand, from []T) T { return from[rng.IntN(len(from))] }

// take removes a random element and returns it.
func take(rng *rand.Rand, from *[]string) string {
	i := rng.IntN(len(*from))
	taken := (*from)[i]
	*from = slices.Delete(*from, i, i+1)
	return taken
}

// set spells a set of strings as ovn-nbctl's database commands read it.
func set(values ...string) string {
	for i := range values {
		values[i] = quote(values[i])
	}
	slices.Sort(values)
	return "[" + strings.Join(slices.Compact(values), ",") + "]"
}
