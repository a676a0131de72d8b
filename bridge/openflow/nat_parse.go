package openflow

import (
	"net/netip"
	"strings"
)

func parseNAT(c call) (*NAT, error) {
	if c.tail.text != "" {
		return nil, c.whole.errorf("write it as nat(ARGUMENTS)")
	}
	n := &NAT{}
	for rest := c.argument; rest.text != ""; {
		var item piece
		item, rest = rest.next()
		name, value, _ := item.trim().cutByte('=')
		var err error
		switch name.text {
		case "src":
			n.Source = true
			err = n.parseRange(value)
		case "dst":
			n.Destination = true
			err = n.parseRange(value)
		case "persistent":
			n.Persistent = true
		case "hash":
			n.Hash = true
		case "random":
			n.Random = true
		default:
			err = item.errorf("nat has src, dst, persistent, hash and random")
		}
		if err != nil {
			return nil, err
		}
	}
	if why := n.problem(); why != "" {
		return nil, c.whole.errorf("%s", why)
	}
	return n, nil
}

// parseRange reads ADDRESS[-ADDRESS][:PORT[-PORT]], with brackets around each IPv6 address or
// around both if ports follow.
func (n *NAT) parseRange(p piece) error {
	if p.text == "" {
		return nil
	}
	addresses, ports := splitPorts(p)
	first, last, isRange := addresses.cutByte('-')
	var err error
	if n.Min, err = parseNATAddress(first); err != nil {
		return err
	}
	if n.Min.IsUnspecified() {
		n.Min = netip.Addr{}
	}
	if isRange {
		if n.Max, err = parseNATAddress(last); err != nil {
			return err
		}
	}
	if ports.text == "" {
		return nil
	}
	low, high, isRange := ports.cutByte('-')
	v, err := low.number(0xffff)
	if err == nil && v == 0 {
		err = low.errorf("a port is 1 to 65535")
	}
	if err != nil {
		return err
	}
	n.PortMin = uint16(v)
	if isRange {
		v, err = high.number(0xffff)
		n.PortMax = uint16(v)
	}
	return err
}

// splitPorts finds the colon before ports, which is behind brackets or the only one.
func splitPorts(p piece) (addresses, ports piece) {
	i := strings.LastIndexByte(p.text, ']') + 1
	if i > 0 && i < len(p.text) && p.text[i] == ':' {
		return p.to(i), p.from(i + 1)
	}
	if strings.Count(p.text, ":") == 1 {
		addresses, ports, _ = p.cutByte(':')
		return addresses, ports
	}
	return p, piece{}
}

func parseNATAddress(p piece) (netip.Addr, error) {
	a, err := netip.ParseAddr(strings.Trim(p.text, "[]"))
	if err != nil || a.Zone() != "" {
		return a, p.errorf("not an address: write 192.0.2.1, or [fe80::1] before a port")
	}
	return a, nil
}
