package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
)

// packet is a value for each field that a test's matches look at. Ports have their keys.
type packet map[openflow.Field]uint64

// flowTable is what a switch holds for the rows of a match.
type flowTable struct {
	rows    []Row
	matches []openflow.Match
}

func newFlowTable(t *testing.T, rows []Row) *flowTable {
	table := &flowTable{rows: rows}
	for _, row := range rows {
		text, _ := AppendText(nil, row.Pattern, 1, 1, "")
		m, err := openflow.ParseMatch(string(text))
		require.NoError(t, err, string(text))
		table.matches = append(table.matches, m)
	}
	return table
}

// lookUp says whether a switch would find a flow with the actions: one of its own, or one on the id of
// a conjunction of which every dimension is met.
func (table *flowTable) lookUp(p packet) bool {
	met := map[[2]int]bool{}
	for i, row := range table.rows {
		if meets(table.matches[i], p) {
			if row.Part == 0 {
				return true
			}
			met[[2]int{row.Part, row.Clause}] = true
		}
	}
	for _, row := range table.rows {
		if row.Part == 0 || row.Clause > 0 {
			continue
		}
		all := true
		for clause := range row.Clauses + 1 {
			all = all && met[[2]int{row.Part, clause}]
		}
		if all {
			return true
		}
	}
	return false
}

func meets(m openflow.Match, p packet) bool {
	for _, f := range m {
		if f.Field == openflow.FieldMetadata || f.Field == openflow.FieldConjID {
			continue
		}
		if p[f.Field]&f.Mask.Lo != f.Value.Lo {
			return false
		}
	}
	return true
}

// dimensionOf is a field of packets, the values that it takes, and comparisons of it.
type dimensionOf struct {
	fields []openflow.Field
	values []uint64
	atoms  []string
}

var dimensions = []dimensionOf{
	{[]openflow.Field{openflow.FieldPktMark}, []uint64{0, 1, 2, 3}, []string{"pkt.mark[0..1] == 1",
		"pkt.mark[0..1] != 2", "pkt.mark[0..1] > 1", "1 <= pkt.mark[0..1] < 3", "pkt.mark[0..1] == {0, 3}",
		"pkt.mark[1]", "!pkt.mark[0..1]", "pkt.mark[0..1] != {1, 2}", "pkt.mark[0..1] >= 0"}},
	{[]openflow.Field{openflow.FieldCTMark}, []uint64{0, 1, 2, 3, 5}, []string{"ct_mark.blocked",
		"ct_mark.natted == 0", "ct_mark == {1, 2}", "ct_mark == 0/0", "ct_mark[0..2] <= 2", "ct_mark[2] == 1"}},
	{[]openflow.Field{openflow.Reg(0)}, []uint64{0, 1, 2}, []string{"reg0 == {1, 2}", "reg0[1] == 0",
		"reg0[0..1] < 2", "xxreg0[96..97] == 1"}},
	{[]openflow.Field{openflow.Reg(1)}, []uint64{0, 1, 3}, []string{"reg1[0..1] == {1, 3}", "reg1[1]",
		"xreg0[0..1] == 3"}},
	{[]openflow.Field{openflow.Reg(14)}, []uint64{1, 2, 3, 4}, []string{`inport == "lsp1"`,
		`inport == {"lsp1", "lsp2"}`, "inport == @pg2", "inport == {@pg3, @pg_one}", `inport == "lsp9"`,
		"inport == @pg_none", `inport == {"lsp9", "lsp3"}`}},
	{[]openflow.Field{openflow.FieldEthType}, []uint64{0x800, 0x86dd, 0x806}, []string{"ip4", "ip6", "ip", "arp",
		"eth.type == {0x800, 0x806}"}},
	{[]openflow.Field{openflow.FieldIPProto}, []uint64{1, 6, 17}, []string{"tcp", "udp", "ip.proto == {6, 17}",
		"icmp4", "ip.proto == 1"}},
	{[]openflow.Field{openflow.FieldTCPDst, openflow.FieldUDPDst}, []uint64{0, 1, 2, 3}, []string{
		"tcp.dst[0..1] == {1, 2}", "udp.dst[0..1] == {0, 3}", "tcp.dst[0..1] != 1", "udp.dst[1]",
		"1 < tcp.dst[0..1]", "tcp.dst[0..1] == {0, 1}"}},
	{[]openflow.Field{openflow.FieldIPSrc}, []uint64{1, 2, 0x0a000001, 0x0a000002, 0x0a000105}, []string{
		"ip4.src == $as4", "ip4.src == {1, 2}", "ip4.src == $as_none", "ip4.src != $as_one",
		"ip4.src == 10.0.0.0/24", "ip4.src == {$as_one, 10.0.1.5}", "ip4.src != $as_none"}},
	{[]openflow.Field{openflow.FieldVLANTCI}, []uint64{0, 0x1000, 0x1001}, []string{"vlan.present",
		"vlan.vid[0]", "!vlan.present", "vlan.vid == {0, 1}"}},
}

// small writes a random match over some dimensions.
func (g *generator) small(over []dimensionOf, depth int) string {
	if depth == 0 || g.one(4) {
		if g.one(12) {
			return pick(g, "0", "1", `is_chassis_resident("lsp1")`, `is_chassis_resident("lsp9")`)
		}
		return pick(g, pick(g, over...).atoms...)
	}
	parts := make([]string, 2+g.rand.IntN(2))
	for i := range parts {
		parts[i] = pick(g, "", "", "", "!") + "(" + g.small(over, depth-1) + ")"
	}
	return strings.Join(parts, pick(g, " && ", " || "))
}

// TestRowsMeanTheMatch compares the evaluation of random matches over small fields with a look-up in
// the rows that they make, for every packet.
func TestRowsMeanTheMatch(t *testing.T) {
	g := &generator{rand: rand.New(rand.NewPCG(seed(t), 0))}
	j := &judge{world: known, trees: map[string]*judged{}}
	conjunctive, done := 0, 0
	for done < 700 {
		over := make([]dimensionOf, 0, 4)
		for _, i := range g.rand.Perm(len(dimensions))[:4] {
			over = append(over, dimensions[i])
		}
		match := g.small(over, 3)
		if Check(match) != nil || !known.isSmall(match) {
			continue // the opposite of something nominal, or a product of opposites
		}
		rows, err := Expand(match, "", known.values(match, false))
		require.NoError(t, err, match)
		done++
		conjunctive += min(1, rowParts(rows))
		table := newFlowTable(t, rows)
		eachPacket(over, packet{openflow.FieldEthType: 0x800, openflow.FieldIPProto: 6}, func(p packet) {
			if want, got := j.holds(t, match, p), table.lookUp(p); want != got {
				t.Fatalf("%s\nof %s is %v, the rows say %v:\n%v", match, describePacket(p), want, got, rows)
			}
		})
	}
	require.Greater(t, conjunctive, done/50)
}

func rowParts(rows []Row) (parts int) {
	for _, row := range rows {
		parts = max(parts, row.Part)
	}
	return parts
}

// eachPacket visits all packets with values of some dimensions.
func eachPacket(over []dimensionOf, p packet, visit func(packet)) {
	if len(over) == 0 {
		visit(p)
		return
	}
	for _, value := range over[0].values {
		for _, f := range over[0].fields {
			p[f] = value
		}
		eachPacket(over[1:], p, visit)
	}
}

func describePacket(p packet) string {
	var words []string
	for f, value := range p {
		words = append(words, fmt.Sprintf("%s=%#x", f, value))
	}
	return strings.Join(words, ",")
}
