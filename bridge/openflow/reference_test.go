package openflow

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// lines are the lines of a file.
func lines(t testing.TB, path string) []string {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// The flows and groups in testdata are what Debian's ovn-controller 23.03.1 installed for a network
// with routers, load balancers, ACLs, NAT, DHCP, DNS, QoS and so on, one of each shape, as
// ovs-ofctl dumped them. They are read, printed, installed and read back as they are.
func TestFlowsOfTheReferenceComeBack(t *testing.T) {
	s := startSwitch(t)
	tunnel := s.prepare()
	s.ofctl("add-meter", "meter=1,kbps,bands=type=drop,rate=1000")
	p := s.speak()
	p.send(DeleteAllGroups())
	groupTexts := lines(t, "testdata/ovn.groups")
	for _, text := range groupTexts {
		g, err := ParseGroup(text)
		require.NoError(t, err)
		require.Equal(t, text, g.String())
		p.send(GroupMod{Group: g, Bucket: BucketAll})
	}
	p.settle()
	require.ElementsMatch(t, groupTexts, s.dump("dump-groups"))

	flowTexts := lines(t, "testdata/ovn.flows")
	var flows []*Flow
	for i, text := range flowTexts {
		f, err := ParseFlow(text)
		require.NoError(t, err, "line %s", strconv.Itoa(i+1))
		require.Equal(t, text, f.String())
		flows = append(flows, f)
	}
	p.install(tunnel, flows)
	require.ElementsMatch(t, flowTexts, s.flows())
	require.ElementsMatch(t, flowTexts, p.installed())
}
