package symbol

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
	"woven/internal/logical/lex"
)

func TestLookup(t *testing.T) {
	require.Nil(t, Lookup("ip5"))
	for _, s := range All() {
		require.Same(t, s, Lookup(s.Name))
	}
	require.Equal(t, &Symbol{Name: "ip4.src", Width: 32, Level: Ordinal, Field: openflow.FieldIPSrc,
		Prerequisite: "ip4", Writable: InActions}, Lookup("ip4.src"))
	require.Equal(t, &Symbol{Name: "ip4", Width: 1, Level: Nominal, Predicate: "eth.type == 0x800"},
		Lookup("ip4"))
	require.Equal(t, &Symbol{Name: "inport", Field: openflow.Reg(14), Writable: InActions},
		Lookup("inport"))
}

func TestParts(t *testing.T) {
	for name, want := range map[string]struct {
		base          string
		offset, width int
	}{
		"reg0": {"xxreg0", 96, 32}, "reg3": {"xxreg0", 0, 32}, "reg7": {"xxreg1", 0, 32},
		"reg8": {"xreg4", 32, 32}, "reg9": {"xreg4", 0, 32}, "xreg0": {"xxreg0", 64, 64},
		"ct.dnat": {"ct_state", 7, 1}, "ct_label.label": {"ct_label", 96, 32},
		"vlan.vid": {"vlan.tci", 0, 12}, "ip4.dst": {"ip4.dst", 0, 32}, "eth.mcast": {"eth.dst", 40, 1},
	} {
		s := Lookup(name)
		base, offset := s.Base()
		require.Equal(t, want.base, base.Name, name)
		require.Equal(t, want.offset, offset, name)
		require.Equal(t, want.width, s.Width, name)
		require.Equal(t, Ordinal, s.Level, name)
	}
}

func TestLevels(t *testing.T) {
	for name, want := range map[string]Level{"eth.type": Nominal, "ip.proto": Nominal, "arp.op": Nominal,
		"ip.dscp": Nominal, "icmp4.type": Nominal, "ip": Nominal, "tcp": Nominal, "nd": Nominal,
		"eth.bcast": Boolean, "vlan.present": Boolean, "ip4.mcast": Boolean, "ip6.mcast_flood": Boolean,
		"ip.first_frag": Boolean, "mldv1": Nominal, "tcp.flags": Ordinal, "ip.frag": Ordinal,
		"inport": Nominal, "icmp4.frag_mtu": Nominal} {
		require.Equal(t, want, Lookup(name).Level, name)
	}
}

func TestWritable(t *testing.T) {
	for name, want := range map[string]Scope{"ct_mark.natted": InCTCommit, "ct_label": InCTCommit,
		"ct_state": 0, "ct.est": 0, "eth.type": 0, "ip.proto": 0, "ip4": 0, "tcp.flags": 0, "ip.frag": 0,
		"reg0": InActions, "outport": InActions, "vlan.vid": InActions, "ip.ttl": InActions,
		"icmp6.frag_mtu": InActions | InCTCommit} {
		require.Equal(t, want, Lookup(name).Writable, name)
	}
}

// Every name that a symbol's expressions mention is a symbol.
func TestExpressions(t *testing.T) {
	for _, s := range All() {
		for _, text := range []string{s.Predicate, s.Prerequisite} {
			tokens, err := lex.Scan(nil, text)
			require.Nil(t, err, s.Name)
			for i := range tokens {
				if tokens[i].Kind == lex.Identifier {
					require.NotNil(t, Lookup(tokens[i].Text), "%s: %s", s.Name, tokens[i].Text)
				}
			}
		}
	}
}
