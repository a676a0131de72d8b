package action

import (
	"encoding/binary"
	"net/netip"
	"strings"

	"woven/relations"
)

// trigger_event(event="empty_lb_backends", vip="10.0.0.1:80", protocol="tcp", load_balancer="UUID");
// has the controller write a row of Controller_Event.

// event tells the controller that something has happened.
type event struct {
	at, kind place
	options  []eventOption
}

type eventOption struct {
	code  uint16
	value place
}

// emptyBackends is the only event: a packet was for a load balancer that has no backends.
const emptyBackends = "empty_lb_backends"

// The options of the event, as the controller gets them (lib/ovn-l7.h).
const (
	eventVIP      = 1
	eventProtocol = 2
	eventBalancer = 3
)

func analyseEvent(c *call) operation {
	const form = `trigger_event(event="empty_lb_backends", vip="10.0.0.1:80", protocol="tcp", ` +
		`load_balancer="UUID")`
	o := event{at: c.at}
	c.named(form, func(name string, at place, value *operand) {
		option := eventOption{}
		switch name {
		case "event":
			if o.kind != 0 || len(o.options) > 0 {
				c.fail(at, "the event is named once, at the beginning: %s", form)
			}
			o.kind = c.quoted(value)
			return
		case "vip":
			option.code = eventVIP
		case "protocol":
			option.code = eventProtocol
		case "load_balancer":
			option.code = eventBalancer
		default:
			c.fail(at, "the arguments are event, vip, protocol and load_balancer: %s", form)
		}
		option.value = c.quoted(value)
		o.options = append(o.options, option)
	})
	if o.kind == 0 {
		c.fail(at(c.arguments.Close), "the event is missing: %s", form)
	}
	return o
}

func (o event) encode(e *encoder) {
	if kind := e.token(o.kind).Text; kind != emptyBackends {
		e.fail(o.kind, "there is no event of this name: write %q", emptyBackends)
	}
	data := []byte{0, 0, 0, 0} // the number of the event
	for _, option := range o.options {
		value := e.token(option.value).Text
		e.checkEventOption(option, value)
		data = binary.BigEndian.AppendUint16(data, option.code)
		data = binary.BigEndian.AppendUint16(data, uint16(len(value)))
		data = append(data, value...)
	}
	e.toController(o.at, opEvent, data, false)
}

func (e *encoder) checkEventOption(option eventOption, value string) {
	ok, what := true, ""
	switch option.code {
	case eventVIP:
		ok, what = isVIP(value), "an IP address with a port or without, such as 10.0.0.1:80 or [fd00::1]:80"
	case eventProtocol:
		ok, what = value == "tcp" || value == "udp" || value == "sctp", "tcp, udp or sctp"
	case eventBalancer:
		_, ok = relations.ParseUUID(value)
		what = "the UUID of a load balancer"
	}
	if !ok {
		e.fail(option.value, "%s has to be written here", what)
	}
}

// isVIP says whether the text is an address of a load balancer: IPv6 addresses are in brackets.
func isVIP(text string) bool {
	if _, err := netip.ParseAddrPort(text); err == nil {
		return true
	}
	inner, bracketed := strings.CutPrefix(text, "[")
	if bracketed {
		inner, bracketed = strings.CutSuffix(inner, "]")
	}
	a, err := netip.ParseAddr(inner)
	return err == nil && a.Is6() == bracketed
}
