package parity

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// newPair compares the reference with itself.
func newPair(t *testing.T) *Pair {
	p := NewPair(t, Reference(), Reference(), true)
	step, err := parseStep("nbctl ls-add sw0 -- lsp-add sw0 p1 -- lsp-set-addresses p1 unknown")
	require.NoError(t, err)
	require.NoError(t, p.Do(step))
	return p
}

func TestCompareFindsAPlantedDifference(t *testing.T) {
	p := newPair(t)
	p.Patience = time.Millisecond
	_, err := p.Got.NBCtl("set", "Logical_Switch_Port", "p1", "enabled=false")
	require.NoError(t, err)
	err = p.Compare()
	require.ErrorContains(t, err, "- Multicast_Group sw0 _MC_unknown | datapath=sw0 name=_MC_unknown")
	require.ErrorContains(t, err, `+ Logical_Flow ingress 00 ls_in_check_port_sec 100 inport == "p1"`)
	_, err = p.Got.NBCtl("clear", "Logical_Switch_Port", "p1", "enabled")
	require.NoError(t, err)
	require.NoError(t, p.Compare())
}

func TestFixpointSeesEveryWrite(t *testing.T) {
	p := newPair(t)
	require.NoError(t, p.Want.Fixpoint(Reference()))
	for name, plant := range map[string][]string{
		"a row is missing": {"--all", "destroy", "IP_Multicast"},
		"a row is foreign": {"create", "Address_Set", "name=foo"},
		"a value differs":  {"set", "Port_Binding", "p1", "mac=foo"},
	} {
		require.NoError(t, p.Want.StopNorthd())
		_, err := p.Want.SBCtl(plant...)
		require.NoError(t, err)
		require.ErrorContains(t, p.Want.Fixpoint(Reference()), "should have written none", name)
	}
	require.NoError(t, p.Want.StopNorthd())
	_, err := p.Want.SBCtl("set", "SB_Global", ".", "options:planted=1")
	require.NoError(t, err)
	require.ErrorContains(t, p.Want.Fixpoint(Reference()), "planted=1",
		"the global rows are compared by their text")
}

func TestVersionsTellWritesOfEqualValues(t *testing.T) {
	before := Versions{"T a": "1", "T b": "1", "T c": "1"}
	require.Empty(t, before.Changed(before))
	require.Equal(t, []string{"deleted T a", "inserted T d", "written T b"},
		before.Changed(Versions{"T b": "2", "T c": "1", "T d": "1"}))
}

func TestADeadNorthdIsReported(t *testing.T) {
	p := newPair(t)
	p.Got.northd.kill()
	require.ErrorContains(t, p.Compare(), "ovn-northd ended")
}

func TestSeedCopiesTheSouthbound(t *testing.T) {
	p := newPair(t)
	_, err := p.Want.SBCtl("set", "Datapath_Binding", "sw0", "tunnel_key=55")
	require.NoError(t, err)
	require.NoError(t, p.Compare(), "the key of a datapath is not compared yet")
	require.NoError(t, p.Do(Step{Verb: "seed"}))
	nb, sb, err := p.Got.Snapshots()
	require.NoError(t, err)
	require.Contains(t, Text(nb, sb, Seeded), "tunnel_key=55\n")
}
