package ovsdb

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// defaultPort is the port that IANA assigned to OVSDB.
const defaultPort = 6640

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
func ParseRemotes(text string) ([]Remote, error) {
	var remotes []Remote
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		remote, err := parseRemote(part)
		if err != nil {
			return nil, fmt.Errorf("remote %q: %w", abbreviate(part), err)
		}
		remotes = append(remotes, remote)
	}
	if len(remotes) == 0 {
		return nil, errors.New("no database remote is given; write one such as unix:/PATH or tcp:HOST:PORT")
	}
	return remotes, nil
}

func parseRemote(text string) (Remote, error) {
	scheme, rest, _ := strings.Cut(text, ":")
	switch scheme {
	case "unix":
		if !filepath.IsAbs(rest) {
			return Remote{}, errors.New("the path of a unix socket must be absolute, for example unix:/run/ovn/ovnnb_db.sock")
		}
		return Remote{network: "unix", address: rest, text: text}, nil
	case "tcp", "ssl":
		address, err := parseHostPort(rest)
		return Remote{network: "tcp", address: address, secure: scheme == "ssl", text: text}, err
	case "punix", "ptcp", "pssl":
		return Remote{}, errors.New("this is how a server listens; write unix:, tcp: or ssl: to connect")
	}
	return Remote{}, errors.New("it does not begin with unix:, tcp: or ssl: as a remote must")
}

// parseHostPort completes HOST, HOST:PORT, [IPV6] or [IPV6]:PORT to what a dialer takes.
func parseHostPort(text string) (string, error) {
	host, port := text, strconv.Itoa(defaultPort)
	if inside, isBracketed := strings.CutPrefix(text, "["); isBracketed {
		closing := strings.IndexByte(inside, ']')
		if closing < 0 {
			return "", errors.New("a ']' is missing after the IPv6 address")
		}
		host = inside[:closing]
		if after := inside[closing+1:]; after != "" {
			var isPort bool
			if port, isPort = strings.CutPrefix(after, ":"); !isPort {
				return "", errors.New("only a port, as in [::1]:6641, may follow the ']'")
			}
		}
	} else if before, after, found := strings.Cut(text, ":"); found {
		if strings.Contains(after, ":") {
			return "", errors.New("an IPv6 address must stand in brackets, as in tcp:[::1]:6641")
		}
		host, port = before, after
	}
	if host == "" {
		return "", errors.New("the host is missing")
	}
	if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
		return "", fmt.Errorf("%q is no port number from 1 to 65535", abbreviate(port))
	}
	return net.JoinHostPort(host, port), nil
}

// remoteList is the order in which remotes are tried: random, so that many clients do not all
// begin with the same server, then in turn.
type remoteList struct {
	all  []Remote
	next int
}

func newRemoteList(remotes []Remote) remoteList {
	all := slices.Clone(remotes)
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return remoteList{all: all}
}

// take returns the remote whose turn it is, and moves on.
func (l *remoteList) take() Remote {
	remote := l.all[l.next%len(l.all)]
	l.next = (l.next + 1) % len(l.all)
	return remote
}
