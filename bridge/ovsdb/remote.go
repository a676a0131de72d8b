package ovsdb

// Remote is an address of a database server.
type Remote struct {
	network string // "unix" or "tcp"
	address string
	secure  bool
	text    string
}

// String is the remote as it was written.
func (r Remote) String() string { return r.text }

// ParseRemotes reads a comma separated list of unix:PATH (absolute), tcp:HOST[:PORT] and
// ssl:HOST[:PORT], as ovsdb(7) describes them; an IPv6 address stands in brackets, and the port is
// 6640 unless given.
func ParseRemotes(text string) ([]Remote, error) { panic("skeleton") }
