package ovsdb

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func (w *watched) lockIs(state LockState) {
	w.t.Helper()
	w.until("lock "+state.String(), func(s Status) bool { return s.LockState == state })
}

// assertion commits an assert of the lock.
func (w *watched) assertion() Result {
	return w.try(func(tx *Transaction) {
		tx.Assert("brain")
		tx.Comment("with the lock")
	})
}

// TestLockPassesOn has two sessions ask for one lock: the second gets it when the first lets go, in
// each of the ways to do so.
func TestLockPassesOn(t *testing.T) {
	server := zoo(t)
	withLock := func(c *Config) { c.Lock = "brain" }
	first := watch(t, server.Unix(), withLock)
	first.lockIs(LockHeld)
	second := watch(t, server.Unix(), withLock)
	second.lockIs(LockContended)
	require.NoError(t, first.assertion().Err)
	refused := second.assertion()
	require.Equal(t, Refused, refused.Outcome)
	require.ErrorIs(t, refused.Err, ErrNotOwner)
	require.Equal(t, 0, refused.Errors[0].Index)

	// Let go on request.
	require.NoError(t, first.SetLock(""))
	first.lockIs(LockNone)
	second.lockIs(LockHeld)
	require.ErrorIs(t, first.assertion().Err, ErrNotOwner)
	require.NoError(t, first.SetLock("brain"))
	first.lockIs(LockContended)

	// Let go by losing the connection, and queue up again after it.
	second.Reconnect()
	first.lockIs(LockHeld)
	second.until("contended anew", func(s Status) bool {
		return s.LockState == LockContended && s.Connections == 2
	})

	// Let go by ending.
	first.Close()
	second.lockIs(LockHeld)
	require.Equal(t, "brain", second.Status().Lock)
	require.NoError(t, second.assertion().Err)

	// Another name is another lock.
	require.NoError(t, second.SetLock("other"))
	second.until("the other lock", func(s Status) bool { return s.Lock == "other" && s.LockState == LockHeld })
	require.ErrorIs(t, second.assertion().Err, ErrNotOwner)
	require.Error(t, second.SetLock("no identifier"))
}

// TestLockStolen loses the lock to a thief, and gets it back when the thief is gone.
func TestLockStolen(t *testing.T) {
	server := zoo(t)
	w := watch(t, server.Unix(), func(c *Config) { c.Lock = "brain" })
	w.lockIs(LockHeld)
	thief := dialServer(t, server)
	_, err := thief.Call("steal", "brain")
	require.NoError(t, err)
	w.lockIs(LockContended)
	require.ErrorIs(t, w.assertion().Err, ErrNotOwner)
	thief.Close()
	w.lockIs(LockHeld)
	require.NoError(t, w.assertion().Err)
	require.Equal(t, 1, w.Status().Connections)
}

// TestLockNotificationTooEarly hears that it has the lock before the answer to its request, which
// can only concern a request before that one.
func TestLockNotificationTooEarly(t *testing.T) {
	f := newFake(t)
	f.on("lock", func(r *fakeRequest) {
		r.raw(`{"id":null,"method":"locked","params":["brain"]}`)
		r.reply(`{"locked":false}`)
	})
	states := make(chan LockState, 10)
	w := watch(t, f.remote, func(c *Config) {
		c.Lock = "brain"
		c.Events.Lock = func(state LockState) { states <- state }
	})
	require.Equal(t, LockRequested, <-states)
	require.Equal(t, LockContended, <-states)
	w.Close()
}
