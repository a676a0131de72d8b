package ovsdb

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// TestRemotes reads every form of remote, and refuses the others with a reason.
func TestRemotes(t *testing.T) {
	remotes, err := ParseRemotes(" unix:/run/a b.sock,tcp:127.0.0.1:6641, ssl:[fe80::1%eth0]:1 ,tcp:host,,ssl:[::1]")
	require.NoError(t, err)
	require.Equal(t, []Remote{
		{"unix", "/run/a b.sock", false, "unix:/run/a b.sock"},
		{"tcp", "127.0.0.1:6641", false, "tcp:127.0.0.1:6641"},
		{"tcp", "[fe80::1%eth0]:1", true, "ssl:[fe80::1%eth0]:1"},
		{"tcp", "host:6640", false, "tcp:host"},
		{"tcp", "[::1]:6640", true, "ssl:[::1]"},
	}, remotes)
	require.Equal(t, "tcp:host", remotes[3].String())
	for text, reason := range map[string]string{
		"":                 "no database remote",
		" , ":              "no database remote",
		"unix:db.sock":     "must be absolute",
		"/run/db.sock":     "does not begin with",
		"ptcp:6641":        "server listens",
		"tcp:":             "host is missing",
		"tcp:::1:6641":     "brackets",
		"tcp:[::1":         "']' is missing",
		"tcp:[::1]6641":    "may follow",
		"tcp:host:0":       "port number",
		"tcp:host:65536":   "port number",
		"tcp:host:x":       "port number",
		"unix:/ok,tcp:[]:": "host is missing",
	} {
		_, err := ParseRemotes(text)
		require.ErrorContains(t, err, reason, text)
	}
}

// TestRemoteOrder tries all remotes before it tries one again.
func TestRemoteOrder(t *testing.T) {
	remotes, err := ParseRemotes("unix:/1,unix:/2,unix:/3")
	require.NoError(t, err)
	firsts := map[string]bool{}
	for range 200 {
		list := newRemoteList(remotes)
		first := list.take()
		firsts[first.String()] = true
		require.ElementsMatch(t, remotes, []Remote{first, list.take(), list.take()})
		require.Equal(t, first, list.take())
	}
	require.Len(t, firsts, 3)
}

// TestSetRemotes keeps the connection to a server that stays listed, and leaves one that does not.
func TestSetRemotes(t *testing.T) {
	schema := ovsdbtest.Schema(t, zooSchema)
	first, second := ovsdbtest.Start(t, schema), ovsdbtest.Start(t, schema)
	w := watch(t, first.Unix(), nil)
	w.connected()
	w.commit(func(tx *Transaction) { tx.Insert(Insertion{Table: "Animal"}) })
	require.NoError(t, w.SetRemotes("unix:/nonexistent,"+first.Unix()))
	w.commit(func(tx *Transaction) { tx.Comment("still here") })
	require.Equal(t, 1, w.Status().Connections)
	require.Error(t, w.SetRemotes("nonsense"))
	require.NoError(t, w.SetRemotes(second.TCP()))
	w.until("the second server", func(s Status) bool {
		return s.State == StateMonitoring && s.Remote == second.TCP()
	})
	require.Empty(t, w.contents(t)["Animal"], "the row of the first server is gone")
	w.same(dialServer(t, second))

	// A session that waits for its next attempt takes the new list at once.
	require.NoError(t, w.SetRemotes("unix:/nonexistent"))
	w.until("away", func(s Status) bool { return s.State == StateBackoff })
	require.NoError(t, w.SetRemotes(first.Unix()))
	w.connected()
}

// TestTLS talks over TLS, refuses servers that another authority signed, and uses replaced files
// from the next connection on.
func TestTLS(t *testing.T) {
	authority, other := ovsdbtest.NewAuthority(t), ovsdbtest.NewAuthority(t)
	server := ovsdbtest.StartTLS(t, authority, ovsdbtest.Schema(t, zooSchema))
	key, certificate := authority.Issue("client")
	files := TLSFiles{PrivateKey: key, Certificate: certificate, CACertificate: authority.File}
	w := watch(t, server.SSL(), func(c *Config) { c.TLS = files })
	w.connected()
	w.commit(func(tx *Transaction) {
		tx.Insert(Insertion{Table: "Animal", Row: []Cell{{"name", String("secret")}}})
	})
	w.same(dialServer(t, server))

	authority.Issue("client")
	w.Reconnect()
	w.until("connected anew", func(s Status) bool { return s.Connections == 2 })

	doubtful := watch(t, server.SSL(), func(c *Config) {
		c.TLS = files
		c.TLS.CACertificate = other.File
	})
	status := doubtful.until("refused", func(s Status) bool { return s.LastError != "" })
	require.Contains(t, status.LastError, "unknown authority")
	for name, files := range map[string]TLSFiles{
		"needs a private key": {},
		"cannot use":          {PrivateKey: key, Certificate: "/nonexistent", CACertificate: authority.File},
		"cannot read":         {PrivateKey: key, Certificate: certificate, CACertificate: "/nonexistent"},
		"no CA certificate":   {PrivateKey: key, Certificate: certificate, CACertificate: key},
	} {
		_, err := files.config()
		require.ErrorContains(t, err, name)
	}
}
