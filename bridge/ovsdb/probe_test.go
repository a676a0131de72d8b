package ovsdb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestProbe keeps a connection on which nothing happens, and gives one up whose server has stopped
// answering; without probing it is kept.
func TestProbe(t *testing.T) {
	const interval = 20 * time.Millisecond
	server := zoo(t)
	w := watch(t, server.Unix(), func(c *Config) { c.ProbeInterval = interval })
	w.connected()
	// A frozen server cannot answer; only what it sent before may still come.
	server.Freeze()
	status := w.until("given up", func(s Status) bool { return s.State != StateMonitoring })
	require.Contains(t, status.LastError, "inactivity probe")
	server.Thaw()
	w.connected()

	w.SetProbeInterval(0)
	before := w.Status().Connections
	server.Freeze()
	// Nothing must happen in the time in which probes would have given up long ago.
	time.Sleep(5 * interval)
	require.Equal(t, before, w.Status().Connections)
	require.Equal(t, StateMonitoring, w.Status().State)
	w.SetProbeInterval(interval)
	w.until("given up", func(s Status) bool { return s.State != StateMonitoring })
	server.Thaw()
	w.connected()
}

// TestProbeAnswered counts what a session asks a server that answers late but does: the connection
// stays, however late the timers are.
func TestProbeAnswered(t *testing.T) {
	fake := newFake(t)
	echoes := make(chan struct{}, 100)
	fake.on("echo", func(request *fakeRequest) {
		request.reply("[]")
		select {
		case echoes <- struct{}{}:
		default:
		}
	})
	w := watch(t, fake.remote, func(c *Config) { c.ProbeInterval = 10 * time.Millisecond })
	w.connected()
	for range 20 {
		<-echoes
	}
	require.Equal(t, 1, w.Status().Connections)
}

// TestFirstCopyTakesLong has a server silent for many probe intervals before it sends the first copy,
// as one is that builds a large message: the session waits.
func TestFirstCopyTakesLong(t *testing.T) {
	f := newFake(t)
	answer := f.answer("monitor_cond_since")
	f.on("monitor_cond_since", func(r *fakeRequest) {
		// The silence itself is what is tested.
		time.Sleep(300 * time.Millisecond)
		answer(r)
	})
	w := watch(t, f.remote, func(c *Config) { c.ProbeInterval = 5 * time.Millisecond })
	w.connected()
	require.Equal(t, 1, w.Status().Connections)
	require.Empty(t, w.Status().LastError)
}

// TestProbeWhileBusy has the timer fire after the session itself was busy for long with a message
// that came before it asked: that is no silence of the server.
func TestProbeWhileBusy(t *testing.T) {
	now := time.Now()
	l := &loop{
		session:    &Session{},
		connection: &connection{opened: now.Add(-time.Hour)},
		probe: probe{
			interval: time.Minute,
			timer:    time.NewTimer(time.Hour),
			asked:    now.Add(-30 * time.Minute),
			handled:  now,
		},
	}
	require.NoError(t, l.checkProbe())
	l.probe.handled = now.Add(-time.Hour)
	require.ErrorContains(t, l.checkProbe(), "inactivity probe")
}
