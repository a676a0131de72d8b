package conn

import (
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/bridge/flows/ovstest"
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

	barrier := make(chan *Failure, 1)
	link.Barrier(func(err *Failure) { barrier <- err })
	require.Nil(t, <-barrier)

	// A description of the switch (multipart type 0), and of its ports (13), from any on.
	for _, request := range [][]byte{{0, 0, 0, 0, 0, 0, 0, 0},
		{0, 13, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0}} {
		answers := make(chan []byte, 1)
		link.Request(message(18, link.NewXID(), request...), func(m []byte, last bool, err *Failure) {
			require.Nil(t, err)
			require.True(t, last)
			answers <- append([]byte(nil), m...)
		})
		require.Equal(t, request[1], (<-answers)[headerSize+1])
	}
	// A message of a type that does not exist, which nobody waits for.
	bad := link.NewXID()
	link.Send(message(99, bad))
	link.Flush()
	require.Equal(t, bad, await[*Failure](c).XID)

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

	s.write(message(typeEchoRequest, 77, 1, 2, 3))
	require.Equal(t, message(typeEchoReply, 77, 1, 2, 3), s.read())

	s.write(message(10, 5, 9, 9)) // a packet
	require.Equal(t, message(10, 5, 9, 9), await[[]byte](c))

	// Answers in parts, of two requests in turn, byte by byte.
	type answer struct {
		who  int
		last bool
	}
	answers := make(chan answer, 10)
	xids := [2]uint32{link.NewXID(), link.NewXID()}
	for who, xid := range xids {
		link.Request(message(18, xid), func(_ []byte, last bool, err *Failure) {
			require.Nil(t, err)
			answers <- answer{who, last}
		})
	}
	more, done := []byte{0, 1, 0, 1, 0, 0, 0, 0}, []byte{0, 1, 0, 0, 0, 0, 0, 0}
	var all []byte
	all = append(all, message(typeMultipartReply, xids[0], more...)...)
	all = append(all, message(typeMultipartReply, xids[1], more...)...)
	all = append(all, message(typeMultipartReply, xids[0], done...)...)
	all = append(all, message(typeMultipartReply, xids[1], done...)...)
	for _, b := range all {
		s.write([]byte{b})
	}
	for _, want := range []answer{{0, false}, {1, false}, {0, true}, {1, true}} {
		require.Equal(t, want, <-answers)
	}
	// Nobody waits any more.
	s.write(message(typeMultipartReply, xids[0], done...))
	require.Len(t, await[[]byte](c), 16)

	failed := make(chan *Failure, 1)
	xid := link.NewXID()
	link.Request(message(18, xid), func(_ []byte, last bool, err *Failure) { failed <- err })
	s.write(message(typeError, xid, 0, 5, 0, 6, 7, 8))
	require.Equal(t, &Failure{XID: xid, Type: 5, Code: 6, Data: []byte{7, 8}}, <-failed)
}

// A session gives up what makes no sense, and connects again.
func TestTroubles(t *testing.T) {
	f := newFake(t)
	c := connect(t, f.remote, nil)
	for _, trouble := range []struct {
		bytes []byte
		want  string
	}{
		{message(typeHello, 1, 0, 1, 0, 8, 0, 0, 0, 0x12), "does not speak OpenFlow 1.5: it has versions 0x12"},
		{[]byte{4, 0, 0, 8, 0, 0, 0, 1}, "does not speak OpenFlow 1.5: its version is 0x04"},
		{message(typeError, 1, 0, 0, 0, 0), "does not speak OpenFlow 1.5"},
		{message(10, 1), "in place of HELLO"},
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
	link.Send(message(10, 1)) // and nothing happens
	link.Flush()
	require.False(t, link.Full())
}

// A silent switch is asked for a sign of life, and given up if it gives none.
func TestProbe(t *testing.T) {
	f := newFake(t)
	c := connect(t, f.remote, func(config *Config) { config.ProbeInterval = 20 * time.Millisecond })
	s := f.accept()
	await[*Link](c)
	for range 3 {
		request := s.read()
		require.EqualValues(t, typeEchoRequest, request[1])
		s.write(message(typeEchoReply, binary.BigEndian.Uint32(request[4:])))
	}
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
		link.Send(message(10, link.NewXID(), body...))
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
