package openflow

import (
	"encoding/hex"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// seeded is a source of random numbers whose seed is printed.
func seeded(t testing.TB) *rand.Rand {
	seed := time.Now().UnixNano()
	if given := os.Getenv("SEED"); given != "" {
		_, err := fmt.Sscan(given, &seed)
		require.NoError(t, err)
	}
	t.Logf("the seed is %d: SEED=%d repeats the test", seed, seed)
	return rand.New(rand.NewSource(seed))
}

// prepare gives a switch what the cases refer to: groups, a meter and tunnel options.
func (s *testSwitch) prepare() *TunnelMap {
	s.t.Helper()
	for _, id := range []string{"1", "7"} {
		s.ofctl("add-group", "group_id="+id+",type=all")
	}
	s.ofctl("add-meter", "meter=7,kbps,bands=type=drop,rate=1000")
	s.ofctl("add-tlv-map", "{class=0x102,type=0x80,len=4}->tun_metadata0,"+
		"{class=0x102,type=0x81,len=8}->tun_metadata1,{class=0x102,type=0x82,len=16}->tun_metadata2")
	return NewTunnelMap(TunnelOption{Class: 0x102, Type: 0x80, Length: 4, Index: 0},
		TunnelOption{Class: 0x102, Type: 0x81, Length: 8, Index: 1},
		TunnelOption{Class: 0x102, Type: 0x82, Length: 16, Index: 2})
}

// load has ovs-ofctl add the flows, and returns the bytes of each message that it sent.
func (s *testSwitch) load(flows []string) [][]byte {
	s.t.Helper()
	file := filepath.Join(s.directory, "flows")
	require.NoError(s.t, os.WriteFile(file, []byte(strings.Join(flows, "\n")+"\n"), 0o600))
	raw, err := s.command("ovs-ofctl", "-O", "OpenFlow15", "-mmmmmm", "add-flows", s.management(),
		file).CombinedOutput()
	out := string(raw)
	if err != nil {
		var line int
		if _, after, ok := strings.Cut(out, file+":"); ok {
			fmt.Sscan(after, &line)
		}
		s.t.Fatalf("ovs-ofctl refuses a flow: %s\n%s", out, flows[max(line, 1)-1])
	}
	var messages [][]byte
	for line := range strings.Lines(out) {
		digits, ok := strings.CutPrefix(strings.TrimSpace(line), "0x")
		if !ok {
			continue
		}
		// The number has no leading zero.
		message, err := hex.DecodeString(strings.Repeat("0", len(digits)%2) + digits)
		require.NoError(s.t, err)
		messages = append(messages, message)
	}
	require.Len(s.t, messages, len(flows), "ovs-ofctl says:\n%s", out)
	return messages
}

// apart gives each flow a table and priority that no other has, and its number as cookie.
func apart(flows []string) []string {
	var texts []string
	for i, f := range flows {
		texts = append(texts, fmt.Sprintf("cookie=%#x, table=%d, priority=%d,%s", i+1, i%60, i/60, f))
	}
	return texts
}

// byCookie finds flows by their cookie, and checks that there are as many as expected.
func byCookie(t testing.TB, lines []string, n int) map[string]string {
	found := map[string]string{}
	for _, line := range lines {
		cookie, _, ok := strings.Cut(line, ", ")
		require.True(t, ok, line)
		found[cookie] = line
	}
	require.Len(t, found, n)
	return found
}

// installed are the flows that the switch answers with, printed.
func (p *speaker) installed() []string {
	p.t.Helper()
	var lines []string
	for _, body := range p.ask(FlowsRequest{Table: AllTables}) {
		flows, err := DecodeFlows(body)
		require.NoError(p.t, err)
		for i := range flows {
			require.NoError(p.t, flows[i].Err)
			lines = append(lines, flows[i].Flow.String())
		}
	}
	return lines
}

// install sends the flows in one bundle.
func (p *speaker) install(tunnel *TunnelMap, flows []*Flow) {
	p.t.Helper()
	const flags = BundleAtomic | BundleOrdered
	p.send(BundleControl{ID: 1, Request: BundleOpen, Flags: flags})
	p.send(BundleAdd{ID: 1, Flags: flags, Message: DeleteAllFlows()})
	for _, f := range flows {
		p.send(BundleAdd{ID: 1, Flags: flags, Message: FlowMod{Flow: f, Tunnel: tunnel}})
	}
	p.send(BundleControl{ID: 1, Request: BundleCommit, Flags: flags})
	p.settle()
}

// compareWithOfctl checks that flows are encoded as ovs-ofctl encodes them, are printed as it dumps
// them, and come back from the bytes and from the switch as they were.
func compareWithOfctl(t *testing.T, flows []string) {
	s := startSwitch(t)
	tunnel := s.prepare()
	texts := apart(flows)
	messages := s.load(texts)
	dumped := byCookie(t, s.flows(), len(texts))
	p := s.speak()
	answered := byCookie(t, p.installed(), len(texts))
	var parsed []*Flow
	for i, text := range texts {
		cookie, _, _ := strings.Cut(text, ", ")
		f, err := ParseFlow(text)
		require.NoError(t, err, text)
		parsed = append(parsed, f)
		b, err := FlowMod{Flow: f}.Append(nil, 0)
		require.NoError(t, err, text)
		require.Equal(t, hex.EncodeToString(messages[i][8:]), hex.EncodeToString(b[8:]),
			"the bytes of %s", text)
		require.Equal(t, dumped[cookie], f.String())
		require.Equal(t, dumped[cookie], answered[cookie])

		again, err := ParseFlow(f.String())
		require.NoError(t, err, f)
		require.Equal(t, f, again)
		back, err := DecodeFlowMod(b)
		require.NoError(t, err, text)
		require.Equal(t, f, back.Flow)
	}
	p.install(tunnel, parsed)
	require.Equal(t, dumped, byCookie(t, s.flows(), len(texts)))
}

func TestMatchesAreAsOfctlHasThem(t *testing.T) {
	var flows []string
	for _, m := range matchCases {
		flows = append(flows, m+" actions=output:1")
	}
	compareWithOfctl(t, flows)
}

func TestActionsAreAsOfctlHasThem(t *testing.T) { compareWithOfctl(t, actionCases) }

func TestFieldsAreAsOfctlHasThem(t *testing.T) { compareWithOfctl(t, fieldCases(seeded(t))) }
