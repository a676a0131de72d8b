package conn

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/bridge/flows/ovstest"
	"woven/bridge/openflow"
)

// A real switch accepts the handshake, answers barriers and requests in several parts, and names
// the message that it refuses.
func TestRealSwitch(t *testing.T) {
	sw, err := ovstest.Launch(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(sw.Stop)
	c := connect(t, sw.Remote(), nil)
	link := await[*Link](c)
	require.Equal(t, StateConnected, c.Status().State)

	barrier := make(chan *openflow.Error, 1)
	link.Barrier(func(err *openflow.Error) { barrier <- err })
	require.Nil(t, <-barrier)

	for _, request := range []openflow.Message{openflow.FeaturesRequest{},
		openflow.FlowsRequest{Table: openflow.AllTables}, openflow.TLVTableRequest{}} {
		answers := make(chan []byte, 1)
		require.NoError(t, link.Request(request, func(m []byte, last bool, err *openflow.Error) {
			require.Nil(t, err)
			require.True(t, last)
			answers <- append([]byte(nil), m...)
		}))
		require.NotEmpty(t, <-answers)
	}
	// A message of a type that does not exist, whose failure nobody waits for.
	bad, err := link.Send(raw{kind: 99})
	require.NoError(t, err)
	link.Flush()
	refused := await[failure](c)
	require.Equal(t, bad, refused.xid)
	require.ErrorIs(t, refused.err, openflow.ErrBadType)
	// A message that is too large is not sent, and does no harm.
	large := openflow.Echo{Data: make([]byte, openflow.MessageLenMax)}
	_, err = link.Send(large)
	require.Error(t, err)
	require.Error(t, link.Request(large, nil))
	link.Barrier(func(err *openflow.Error) { barrier <- err })
	require.Nil(t, <-barrier)

	sw.Kill()
	require.Error(t, c.lost())
	require.NoError(t, sw.Start())
	require.NotSame(t, link, await[*Link](c))
	require.Equal(t, 2, c.Status().Connections)
	require.NotEmpty(t, c.Status().LastError)
}

// What the switch asks is answered, and what it tells is handed on.
func TestMessages(t *testing.T) {
	f := newFake(t)
	c := connect(t, f.remote, nil)
	s := f.accept()
	link := await[*Link](c)

	s.write(message(openflow.TypeEchoRequest, 77, 1, 2, 3))
	require.Equal(t, message(openflow.TypeEchoReply, 77, 1, 2, 3), s.read())

	s.write(message(10, 5, 9, 9)) // a packet
	require.Equal(t, message(10, 5, 9, 9), await[[]byte](c))

	// Answers in parts, of two requests in turn, byte by byte.
	type answer struct {
		who  int
		last bool
	}
	answers := make(chan answer, 10)
	var xids [2]uint32
	for who := range xids {
		require.NoError(t, link.Request(openflow.MetersRequest{},
			func(_ []byte, last bool, err *openflow.Error) {
				require.Nil(t, err)
				answers <- answer{who, last}
			}))
		xids[who] = xidOf(s.read())
	}
	more, done := []byte{0, 1, 0, 1, 0, 0, 0, 0}, []byte{0, 1, 0, 0, 0, 0, 0, 0}
	var all []byte
	all = append(all, message(openflow.TypeMultipartReply, xids[0], more...)...)
	all = append(all, message(openflow.TypeMultipartReply, xids[1], more...)...)
	all = append(all, message(openflow.TypeMultipartReply, xids[0], done...)...)
	all = append(all, message(openflow.TypeMultipartReply, xids[1], done...)...)
	for _, b := range all {
		s.write([]byte{b})
	}
	for _, want := range []answer{{0, false}, {1, false}, {0, true}, {1, true}} {
		require.Equal(t, want, <-answers)
	}
	// Nobody waits any more.
	s.write(message(openflow.TypeMultipartReply, xids[0], done...))
	require.Len(t, await[[]byte](c), 16)

	failed := make(chan *openflow.Error, 1)
	link.Barrier(func(err *openflow.Error) { failed <- err })
	s.write(message(openflow.TypeError, xidOf(s.read()), 0, 5, 0, 6, 7, 8))
	require.Equal(t, &openflow.Error{Type: 5, Code: 6, Data: []byte{7, 8}}, <-failed)

	s.write(message(openflow.TypeMultipartReply, 1, 0))
	require.ErrorContains(t, c.lost(), "cannot be read")
}

// A session gives up what makes no sense, and connects again.
func TestTroubles(t *testing.T) {
	f := newFake(t)
	c := connect(t, f.remote, nil)
	for _, trouble := range []struct {
		bytes []byte
		want  string
	}{
		{message(openflow.TypeHello, 1, 0, 1, 0, 8, 0, 0, 0, 0x12), "does not speak OpenFlow 1.5: the versions that it has are 0x12"},
		{[]byte{4, 0, 0, 8, 0, 0, 0, 1}, "does not speak OpenFlow 1.5: the versions that it has are 0x1e"},
		{message(openflow.TypeError, 1, 0, 0, 0, 0), "does not speak OpenFlow 1.5"},
		{message(10, 1), "does not begin with HELLO"},
		{[]byte{6, 0, 0, 7, 0, 0, 0, 1}, "less than its header"},
		{[]byte("HTTP/1.1 400"), "OpenFlow version 0x48"},
	} {
		s := f.next()
		s.read()
		s.write(trouble.bytes)
		_, err := s.Read(make([]byte, 1))
		require.Error(t, err, "the connection is closed")
		require.Eventually(t, func() bool { return strings.Contains(c.Status().LastError, trouble.want) },
			patience, time.Millisecond, "%s: %s", trouble.want, c.Status().LastError)
	}
	s := f.accept()
	await[*Link](c)
	s.write([]byte{1, 5, 0, 8, 0, 0, 0, 1})
	require.ErrorContains(t, c.lost(), "OpenFlow version 0x01")
	s = f.accept()
	link := await[*Link](c)
	s.Close()
	require.Error(t, c.lost())
	_, err := link.Send(openflow.Barrier{}) // and nothing happens
	require.NoError(t, err)
	link.Flush()
	require.False(t, link.Full())
}

// A silent switch is asked for a sign of life, and given up if it gives none.
func TestProbe(t *testing.T) {
	f := newFake(t)
	c := connect(t, f.remote, func(config *Config) { config.ProbeInterval = time.Second })
	s := f.accept()
	await[*Link](c)
	request := s.read()
	require.EqualValues(t, openflow.TypeEchoRequest, request[1])
	s.write(message(openflow.TypeEchoReply, xidOf(request)))
	require.ErrorContains(t, c.lost(), "inactivity probe")
}

// A switch that does not read stops nobody; what waits is bounded by who asks, and room is told.
func TestBackPressure(t *testing.T) {
	f := newFake(t)
	c := connect(t, f.remote, func(config *Config) { config.Limit = 1 << 20 })
	s := f.accept()
	link := await[*Link](c)
	body := make([]byte, 10_000)
	sent := 0
	for !link.Full() {
		_, err := link.Send(openflow.Echo{Data: body})
		require.NoError(t, err)
		sent++
	}
	require.Less(t, sent*len(body), 4<<20)
	select {
	case event := <-c.events:
		require.Fail(t, "room is told while nobody reads", "%T", event)
	default:
	}
	for i := range sent - 10 {
		require.EqualValues(t, i+2, xidOf(s.read()), "in order, after the HELLO")
	}
	await[roomEvent](c)
	require.False(t, link.Full())
}

// A wrong remote is refused with a hint.
func TestRemotes(t *testing.T) {
	for text, want := range map[string]string{
		"unix:br.mgmt": "must be absolute", "": "does not begin with unix: or tcp:",
		"ptcp:6653": "how a switch listens", "tcp:": "host is missing", "tcp:[::1": "']' is missing",
		"tcp:[::1]x": "only a port", "tcp:::1": "must stand in brackets", "tcp:a:0": "no port number",
		"ssl:a": "does not begin",
	} {
		_, err := ParseRemote(text)
		require.ErrorContains(t, err, want, text)
	}
	for text, want := range map[string]Remote{
		"unix:/a/b": {"unix", "/a/b", "unix:/a/b"}, "tcp:h": {"tcp", "h:6653", "tcp:h"},
		"tcp:[::1]:5": {"tcp", "[::1]:5", "tcp:[::1]:5"}, "tcp:1.2.3.4:7": {"tcp", "1.2.3.4:7", "tcp:1.2.3.4:7"},
	} {
		r, err := ParseRemote(text)
		require.NoError(t, err)
		require.Equal(t, want, r)
	}
	_, err := Start(t.Context(), Config{Remote: "unix:x"})
	require.Error(t, err)
}
