package openflow

import (
	"bytes"
	"encoding/hex"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"
)

// decoders read each kind of bytes that a switch sends or that this package writes. They return
// what was read in a form that can be compared, and its bytes again if there are any.
var decoders = []func(b []byte) (read any, again []byte, err error){
	func(b []byte) (any, []byte, error) {
		m, err := DecodeFlowMod(b)
		if err != nil {
			return nil, nil, err
		}
		return again(m, m.Flow.String())
	},
	func(b []byte) (any, []byte, error) {
		m, err := DecodeGroupMod(b)
		if err != nil {
			return nil, nil, err
		}
		return again(m, m.Group.String())
	},
	func(b []byte) (any, []byte, error) {
		m, err := DecodeMeterMod(b)
		if err != nil {
			return nil, nil, err
		}
		return again(m, m.Meter.String())
	},
	func(b []byte) (any, []byte, error) {
		m, err := DecodePacketOut(b)
		if err != nil {
			return nil, nil, err
		}
		return again(m, m.Match.String()+PrintActions(m.Actions))
	},
	func(b []byte) (any, []byte, error) {
		m, err := DecodePacketIn(b)
		return m, nil, err
	},
	func(b []byte) (any, []byte, error) {
		m, err := DecodeMultipart(b)
		if err != nil {
			return nil, nil, err
		}
		DecodeFlows(m.Body)
		DecodeGroups(m.Body)
		DecodeMeters(m.Body)
		DecodeMeterFeatures(m.Body)
		DecodeGroupFeatures(m.Body)
		return m, nil, nil
	},
	func(b []byte) (any, []byte, error) { m, err := DecodeTLVTable(b); return m, nil, err },
	func(b []byte) (any, []byte, error) { m, err := DecodeErrorMessage(b); return m, nil, err },
	func(b []byte) (any, []byte, error) { m, err := DecodeHello(b); return m, nil, err },
	func(b []byte) (any, []byte, error) { m, err := DecodeFeatures(b); return m, nil, err },
	func(b []byte) (any, []byte, error) { m, err := DecodeConfig(b); return m, nil, err },
	func(b []byte) (any, []byte, error) { m, err := DecodeBundleControl(b); return m, nil, err },
}

// again are the bytes of a message that was read, and its text.
func again(m Message, text string) (any, []byte, error) {
	b, err := m.Append(nil, 0)
	if err != nil {
		// A field that came in fewer bytes than it is sent with can make a message too long.
		return text, nil, nil
	}
	return text, b, nil
}

// checkDecoding checks that bytes are refused, or read as something whose own bytes are read the
// same and written the same.
func checkDecoding(t *testing.T, b []byte) {
	if len(b) >= 4 {
		b = bytes.Clone(b)
		b[2], b[3] = byte(len(b)>>8), byte(len(b))
	}
	for _, decode := range decoders {
		read, first, err := decode(b)
		if err != nil || first == nil {
			continue
		}
		read2, second, err := decode(first)
		require.NoError(t, err, "%x", first)
		require.Equal(t, read, read2)
		require.Equal(t, hex.EncodeToString(first), hex.EncodeToString(second))
	}
	if actions, err := DecodeActions(b); err == nil {
		checkActionText(t, actions)
	}
	if m, err := DecodeFlowMod(b); err == nil {
		checkActionText(t, m.Flow.Actions)
	}
}

// checkActionText checks that actions that were read have a text that is read as the same.
func checkActionText(t *testing.T, actions []Action) {
	text := PrintActions(actions)
	back, err := ParseActions(text)
	require.NoError(t, err, text)
	require.Equal(t, text, PrintActions(back))
	require.Equal(t, hex.EncodeToString(AppendActions(nil, actions, nil)),
		hex.EncodeToString(AppendActions(nil, back, nil)), text)
}

// checkParsing checks that a text is refused, or read as something whose own text is read the same.
func checkParsing(t *testing.T, text string) {
	if f, err := ParseFlow(text); err == nil {
		again, err := ParseFlow(f.String())
		require.NoError(t, err, "%q became %q", text, f)
		require.Equal(t, f.String(), again.String())
		b, err := FlowMod{Flow: f}.Append(nil, 0)
		if err == nil {
			back, err := DecodeFlowMod(b)
			require.NoError(t, err, "%s\n%x", f, b)
			require.Equal(t, f.String(), back.Flow.String())
		}
	}
	if g, err := ParseGroup(text); err == nil {
		again, err := ParseGroup(g.String())
		require.NoError(t, err, "%q became %q", text, g)
		require.Equal(t, g.String(), again.String())
	}
	if m, err := ParseMeter(text); err == nil && m.ID != 0 {
		again, err := ParseMeter(m.String())
		require.NoError(t, err, "%q became %q", text, m)
		require.Equal(t, m.String(), again.String())
	}
}

// knownTexts are the texts of all cases.
func knownTexts() []string {
	var texts []string
	for _, m := range matchCases {
		texts = append(texts, m+" actions=drop")
	}
	texts = append(texts, actionCases...)
	return append(append(append(texts, typicalFlows...), groupCases...), meterCases...)
}

// knownMessages are messages with what the known texts say.
func knownMessages(t testing.TB) [][]byte {
	var messages [][]byte
	add := func(m Message) {
		b, err := m.Append(nil, 1)
		require.NoError(t, err)
		messages = append(messages, b)
	}
	for _, text := range knownTexts() {
		if f, err := ParseFlow(text); err == nil {
			add(FlowMod{Flow: f})
			add(PacketOut{Match: f.Match, Actions: f.Actions, Packet: []byte("packet")})
			add(packetInMessage{PacketIn{Packet: []byte("packet"), Cookie: 7, Metadata: f.Match,
				UserData: []byte("data"), Continuation: []byte("more")}})
			add(flowsMessage{f})
		}
		if g, err := ParseGroup(text); err == nil {
			add(GroupMod{Group: g, Bucket: BucketAll})
		}
		if m, err := ParseMeter(text); err == nil {
			add(MeterMod{Meter: m})
		}
	}
	add(Hello{Versions: 1 << Version})
	add(ErrGroupExists)
	add(BundleControl{ID: 1})
	return messages
}

// packetInMessage is a packet-in as a switch sends it.
type packetInMessage struct{ in PacketIn }

func (m packetInMessage) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	return complete(m.in.appendProperties(beginExtension(b, TypePacketIn2, xid), nil), start, "")
}

// flowsMessage is the answer to a request for flows as a switch sends it, with one flow.
type flowsMessage struct{ flow *Flow }

func (m flowsMessage) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put0(put16(begin(b, TypeMultipartReply, xid), uint16(MultipartFlows)), 6)
	at := len(b)
	b = append(b, 0, 0, 0, 0, m.flow.Table, 0)
	b = put16(put16(put16(b, m.flow.Priority), m.flow.IdleTimeout), m.flow.HardTimeout)
	b = put64(put16(put16(b, uint16(m.flow.Flags)), m.flow.Importance), m.flow.Cookie)
	b = append(AppendMatch(b, m.flow.Match, nil), 0, 0, 0, 4, 0, 0, 0, 0)
	b = appendInstructions(b, m.flow.Actions, nil)
	b[at], b[at+1] = byte((len(b)-at)>>8), byte(len(b)-at)
	return complete(b, start, "")
}

func FuzzDecode(f *testing.F) {
	for _, m := range knownMessages(f) {
		f.Add(m)
	}
	f.Fuzz(func(t *testing.T, b []byte) { checkDecoding(t, b) })
}

func FuzzParse(f *testing.F) {
	for _, text := range knownTexts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkParsing(t, text) })
}

// mutate changes some bytes of one of the known ones, or puts parts of two together.
func mutate(r *rand.Rand, known [][]byte) []byte {
	b := bytes.Clone(known[r.Intn(len(known))])
	for range 1 + r.Intn(3) {
		at := r.Intn(len(b))
		switch r.Intn(5) {
		case 0:
			b[at] = byte(r.Intn(256))
		case 1:
			b[at] ^= 1 << r.Intn(8)
		case 2:
			b = append(b[:at:at], b[min(len(b)-1, at+1+r.Intn(8)):]...)
		case 3:
			other := known[r.Intn(len(known))]
			from := r.Intn(len(other))
			b = append(append(b[:at:at], other[from:]...), b[at:]...)
		case 4:
			b = append(b[:at:at], append([]byte{0xff, 0, 0, 0}, b[at:]...)...)
		}
	}
	return b
}

func TestChangedMessagesAreReadOrRefused(t *testing.T) {
	r := seeded(t)
	known := knownMessages(t)
	for range 20000 {
		checkDecoding(t, mutate(r, known))
	}
}

func TestChangedTextsAreReadOrRefused(t *testing.T) {
	r := seeded(t)
	var known [][]byte
	for _, text := range knownTexts() {
		known = append(known, []byte(text))
	}
	for range 20000 {
		checkParsing(t, string(mutate(r, known)))
	}
}
