package ovsdbtest

import (
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Cluster is a set of servers that keep one database by the Raft algorithm.
type Cluster struct {
	Servers  []*Server
	Database string
	t        testing.TB
}

// StartCluster starts a cluster of n servers for the schema's database, and waits until all of them
// have joined.
func StartCluster(t testing.TB, n int, schema string) *Cluster {
	t.Helper()
	c := &Cluster{t: t}
	first := ""
	for i := range n {
		s := newServer(t)
		file := filepath.Join(s.directory, "raft.db")
		address := "unix:" + filepath.Join(s.directory, "raft.sock")
		if i == 0 {
			first = address
			Run(t, "ovsdb-tool", "create-cluster", file, schema, address)
			c.Database = lineOf(Run(t, "ovsdb-tool", "schema-name", schema))
		} else {
			Run(t, "ovsdb-tool", "join-cluster", file, c.Database, address, first)
		}
		s.files = []string{file}
		c.Servers = append(c.Servers, s)
		s.Restart()
		c.wait("server %d joins", func() bool { return c.has(s, "Status: cluster member") }, i)
	}
	return c
}

// Remotes is the list of all servers' remotes.
func (c *Cluster) Remotes() string {
	text := ""
	for i, s := range c.Servers {
		if i > 0 {
			text += ","
		}
		text += s.Unix()
	}
	return text
}

// Leader waits until a running server leads, and returns it.
func (c *Cluster) Leader() *Server {
	c.t.Helper()
	var leader *Server
	c.wait("there is a leader", func() bool {
		for _, s := range c.Servers {
			if s.Running() && c.has(s, "Role: leader") {
				leader = s
				return true
			}
		}
		return false
	})
	return leader
}

// has reports whether a line of the server's cluster status begins with the text.
func (c *Cluster) has(s *Server, text string) bool {
	status := s.Control("cluster/status", c.Database)
	return regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(text)).MatchString(status)
}

func (c *Cluster) wait(what string, condition func() bool, arguments ...any) {
	c.t.Helper()
	require.Eventuallyf(c.t, condition, Patience, 20*time.Millisecond, what, arguments...)
}

// lineOf is the first line of a program's output.
func lineOf(output string) string {
	return regexp.MustCompile(`^[^\n]*`).FindString(output)
}
