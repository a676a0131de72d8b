package openflow

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var meterCases = []string{
	"meter=1,kbps,bands=type=drop,rate=1000",
	"meter=2,pktps,burst,bands=type=drop,rate=10,burst_size=5",
	"meter=3,kbps,burst,stats,bands=type=drop,rate=1000,burst_size=100,type=drop,rate=2000,burst_size=1",
	"meter=4,pktps,stats,bands=type=drop,rate=4294967295",
	"meter=5,kbps,bands=type=dscp_remark,rate=5,prec_level=3",
	"meter=6,pktps,burst,bands=type=drop,rate=10,burst_size=5,type=dscp_remark,rate=5,burst_size=7,prec_level=255",
}

func TestMetersAreAsOfctlHasThem(t *testing.T) {
	s := startSwitch(t)
	c := s.record()
	var meters []*Meter
	for _, text := range meterCases {
		sent, out := s.sent(c, TypeMeterMod, "add-meter", text)
		require.Len(t, sent, 1, "%s: %s", text, out)
		m, err := ParseMeter(text)
		require.NoError(t, err)
		requireSame(t, sent[0], MeterMod{Meter: m})
		back, err := DecodeMeterMod(sent[0])
		require.NoError(t, err)
		require.Equal(t, m, back.Meter)
		again, err := ParseMeter(m.String())
		require.NoError(t, err)
		require.Equal(t, m, again)
		if !strings.Contains(text, "dscp_remark") { // which the switch's datapath does not have
			meters = append(meters, m)
		} else {
			require.Contains(t, out, m.String(), "the text of a refused meter")
		}
	}
	compareMeters(t, s, meters)
	sent, _ := s.sent(c, TypeMeterMod, "mod-meter", "meter=1,pktps,bands=type=drop,rate=7")
	changed, err := ParseMeter("meter=1 pktps bands=\ntype=drop rate=7")
	require.NoError(t, err)
	requireSame(t, sent[0], MeterMod{Command: MeterModify, Meter: changed})
	sent, _ = s.sent(c, TypeMeterMod, "del-meters")
	requireSame(t, sent[0], DeleteAllMeters())

	p := s.speak()
	for _, m := range meters {
		p.send(MeterMod{Meter: m})
	}
	p.settle()
	compareMeters(t, s, meters)
}

// compareMeters checks that a switch has the meters, by its dump and by its answer.
func compareMeters(t *testing.T, s *testSwitch, meters []*Meter) {
	t.Helper()
	var expected, answered []string
	for _, m := range meters {
		expected = append(expected, m.String())
	}
	each := func(lines []string) []string {
		return strings.Split("\n"+strings.Join(lines, "\n"), "\nmeter=")
	}
	require.ElementsMatch(t, each(s.dump("dump-meters")), each(expected))
	for _, body := range s.speak().ask(MetersRequest{ID: AllMeters}) {
		list, err := DecodeMeters(body)
		require.NoError(t, err)
		for i := range list {
			answered = append(answered, list[i].String())
		}
	}
	require.ElementsMatch(t, expected, answered)
}
