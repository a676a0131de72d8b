package action

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
	"woven/internal/logical/lex"
	"woven/internal/logical/oracle"
	"woven/internal/logical/symbol"
)

// generator makes random actions of all kinds that the switch accepts too.
type generator struct {
	*rand.Rand
	// family limits the fields to those that packets of one protocol have.
	family string
	match  string // of the flow; some actions are only accepted together with one
	// first says that the next action is the first one of the flow, or of those that a packet from
	// the controller gets. The reference forgets what stands before a ct_commit.
	first bool
	depth int
}

// newGenerator has a new seed for each run, or $SEED.
func newGenerator(t *testing.T) *generator {
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("SEED"); text != "" {
		var err error
		seed, err = strconv.ParseUint(text, 10, 64)
		require.NoError(t, err)
	}
	t.Logf("SEED=%d", seed)
	return &generator{Rand: rand.New(rand.NewPCG(seed, 0))}
}

// flows are n logical flows.
func (g *generator) flows(n int) []oracle.ActionFlow {
	var list []oracle.ActionFlow
	for range n {
		g.family, g.match, g.first = pick(g, families), "1", true
		f := oracle.ActionFlow{Actions: g.actions(1 + g.IntN(5))}
		f.Match = g.match
		if g.IntN(3) == 0 {
			f.ControllerMeter = controllerMeter
		}
		list = append(list, f)
	}
	return list
}

func pick[T any](g *generator, list []T) T { return list[g.IntN(len(list))] }

// maybe is one of some texts, or none.
func (g *generator) maybe(texts ...string) string {
	if g.IntN(2) == 0 {
		return ""
	}
	return pick(g, texts)
}

// families are the fields that packets of one protocol have, besides those that all have.
var families = []string{"", "ip4.", "ip6.", "arp.", "tcp.", "udp.", "sctp.", "icmp4.", "icmp6.", "nd.",
	"vlan.", "ip.", "rarp."}

// actions are some actions with spaces and comments between them.
func (g *generator) actions(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(pick(g, []string{"", " ", "\n", "\t", "/* why */ ", "// why\n"}))
		b.WriteString(pick(g, actionMakers)(g))
		g.first = false
		b.WriteString(pick(g, []string{";", " ;"}))
	}
	return b.String()
}

// field is a field, or some bits of one, with a number of bits; 0 is a port, -1 any number. It is
// writable if that is asked for.
func (g *generator) field(bits int, write bool) string {
	if bits == port {
		return pick(g, []string{"inport", "outport"})
	}
	for {
		s := pick(g, symbol.All())
		if s.Predicate != "" || s.IsPort() || s.Field == 0 && s.Parent == nil ||
			write && s.Writable&symbol.InActions == 0 || !g.fits(s.Name) || s.Width < bits {
			continue
		}
		n := bits
		if bits == anyBits {
			if n = s.Width; s.Level == symbol.Ordinal && g.IntN(2) == 0 {
				n = 1 + g.IntN(s.Width)
			}
		}
		if n == s.Width {
			return s.Name
		}
		if s.Level != symbol.Ordinal {
			continue
		}
		low := g.IntN(s.Width - n + 1)
		if n == 1 {
			return fmt.Sprintf("%s[%d]", s.Name, low)
		}
		return fmt.Sprintf("%s[%d..%d]", s.Name, low, low+n-1)
	}
}

// fits says whether packets of the family have the field, and whether the switch accepts all values
// that it can have.
func (g *generator) fits(name string) bool {
	if strings.HasSuffix(name, "arp.op") {
		return false
	}
	for _, f := range families {
		if f != "" && strings.HasPrefix(name, f) {
			return f == g.family
		}
	}
	return true
}

// widthOf is the number of bits of a field that field has made.
func widthOf(f string) int {
	name, rest, some := strings.Cut(f, "[")
	if !some {
		return symbol.Lookup(name).Width
	}
	low, high := 0, 0
	if n, _ := fmt.Sscanf(rest, "%d..%d]", &low, &high); n < 2 {
		return 1
	}
	return high - low + 1
}

// number is a number of at most some bits, written in one of the ways that there are.
func (g *generator) number(bits int) string {
	v := openflow.U128{Hi: g.Uint64(), Lo: g.Uint64()}.And(openflow.Ones(1 + g.IntN(bits)))
	t := lex.Token{Kind: lex.Integer, Value: v, Format: lex.Hexadecimal}
	switch {
	case bits >= 128 && g.IntN(2) == 0:
		t.Format = lex.IPv6
	case bits >= 48 && v.Len() <= 48 && g.IntN(2) == 0:
		t.Format = lex.Ethernet
	case bits >= 32 && v.Len() <= 32 && g.IntN(2) == 0:
		t.Format = lex.IPv4
	case v.Len() <= 63 && g.IntN(2) == 0:
		t.Format = lex.Decimal
	}
	return string(lex.AppendConstant(nil, &t))
}

// decimal is a decimal number from low to high.
func (g *generator) decimal(low, high int) string { return strconv.Itoa(low + g.IntN(high-low+1)) }

func (g *generator) ip4() string {
	return fmt.Sprintf("%d.%d.%d.%d", g.IntN(256), g.IntN(256), g.IntN(256), g.IntN(256))
}

func (g *generator) ip6() string {
	return fmt.Sprintf("fd00:%x::%x", g.IntN(65536), 1+g.IntN(65535))
}

func (g *generator) mac() string {
	return fmt.Sprintf("%02x:%02x:%02x:00:00:%02x", g.IntN(256), g.IntN(256), g.IntN(256), g.IntN(256))
}

// name is the name of a port or multicast group, or of none.
func (g *generator) name() string {
	return strconv.Quote(pick(g, append([]string{"", "none", "no such port", "_MC_flood", "_MC_unknown",
		"lsp-ro", "lrp1", `a "quoted" port`}, oracle.Ports...)))
}

func (g *generator) quoted(longest int) string {
	const letters = `abc. -_:/ABC"\é0123456789`
	runes := []rune(letters)
	var b strings.Builder
	for range g.IntN(longest) {
		b.WriteRune(pick(g, runes))
	}
	text := b.String()
	for len(text) > longest {
		text = text[:len(text)-1]
	}
	text = strings.ToValidUTF8(text, "")
	return `"` + strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), `"`, `\"`) + `"`
}

// list is some texts with the separator between them.
func (g *generator) list(low, high int, separator string, make func() string) string {
	var parts []string
	for range low + g.IntN(high-low+1) {
		parts = append(parts, make())
	}
	return strings.Join(parts, separator)
}
