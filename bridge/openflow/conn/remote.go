package conn

import (
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"strings"
)

// defaultPort is the port that IANA assigned to OpenFlow.
const defaultPort = "6653"

// Remote is where a switch listens for controllers.
type Remote struct{ network, address, text string }

// String is the remote as it was written.
func (r Remote) String() string { return r.text }

// ParseRemote reads unix:PATH (absolute) or tcp:HOST[:PORT], as ovs-ofctl(8) describes them; an
// IPv6 address stands in brackets, and the port is 6653 unless given.
func ParseRemote(text string) (Remote, error) {
	scheme, rest, _ := strings.Cut(text, ":")
	r := Remote{network: scheme, address: rest, text: text}
	var err error
	switch scheme {
	case "unix":
		if !filepath.IsAbs(rest) {
			err = errors.New("the path of a unix socket must be absolute, for example " +
				"unix:/run/openvswitch/br-int.mgmt")
		}
	case "tcp":
		r.address, err = parseHostPort(rest)
	case "punix", "ptcp", "pssl":
		err = errors.New("this is how a switch listens; write unix: or tcp: to connect")
	default:
		err = errors.New("it does not begin with unix: or tcp: as a remote must")
	}
	if err != nil {
		return Remote{}, fmt.Errorf("remote %.200q: %w", text, err)
	}
	return r, nil
}

// parseHostPort completes HOST, HOST:PORT, [IPV6] or [IPV6]:PORT to what a dialer takes.
func parseHostPort(text string) (string, error) {
	host, port := text, defaultPort
	if inside, isBracketed := strings.CutPrefix(text, "["); isBracketed {
		address, after, closed := strings.Cut(inside, "]")
		if !closed {
			return "", errors.New("a ']' is missing after the IPv6 address")
		}
		host = address
		if after != "" {
			var isPort bool
			if port, isPort = strings.CutPrefix(after, ":"); !isPort {
				return "", errors.New("only a port, as in [::1]:6653, may follow the ']'")
			}
		}
	} else if before, after, found := strings.Cut(text, ":"); found {
		if strings.Contains(after, ":") {
			return "", errors.New("an IPv6 address must stand in brackets, as in tcp:[::1]:6653")
		}
		host, port = before, after
	}
	if host == "" {
		return "", errors.New("the host is missing")
	}
	if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
		return "", fmt.Errorf("%.20q is no port number from 1 to 65535", port)
	}
	return net.JoinHostPort(host, port), nil
}
