package vlog

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"
	"time"
)

// facilityNames are RFC 5424's, at the places of their numbers.
var facilityNames = []string{"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news",
	"uucp", "clock", "", "ftp", "ntp", "audit", "alert", "clock2", "local0", "local1", "local2",
	"local3", "local4", "local5", "local6", "local7"}

// The facilities that hold as long as FACILITY is not set.
const (
	facilityDaemon = 3
	facilityLocal0 = 16
)

// systemLog is where the C library's syslog function sends messages.
const systemLog = "/dev/log"

// sendPatience bounds how long a syslog daemon that does not read can hold the program up.
const sendPatience = 100 * time.Millisecond

// syslogSender delivers messages to the system's syslog daemon and to a target besides. A
// message that cannot be delivered is lost: there is no second place to report that to.
type syslogSender struct {
	program  string
	method   string
	facility int // 0 stands for "not set"; kernel messages are not ours to send
	system   peer
	target   peer
}

// peer is a socket to one receiver, dialed when it is first needed.
type peer struct {
	network, address string
	conn             net.Conn
}

// defaultMethod is OVS_SYSLOG_METHOD, or libc.
func defaultMethod() string {
	if method := os.Getenv("OVS_SYSLOG_METHOD"); method != "" {
		return method
	}
	return "libc"
}

// setMethod chooses how the system's syslog daemon is reached; see --syslog-method.
func (s *syslogSender) setMethod(method string) error {
	kind, rest, _ := strings.Cut(method, ":")
	var system peer
	switch {
	case method == "null":
	case method == "libc":
		system = peer{network: "unixgram", address: systemLog}
	case kind == "unix" && rest != "":
		system = peer{network: "unixgram", address: rest}
	case kind == "udp":
		if _, err := netip.ParseAddrPort(rest); err != nil {
			return fmt.Errorf("syslog method %q: want udp:IP:PORT, for example udp:127.0.0.1:514", method)
		}
		system = peer{network: "udp", address: rest}
	default:
		return fmt.Errorf("unsupported syslog method '%s' (libc, unix:FILE, udp:IP:PORT, null)", method)
	}
	s.system.close()
	s.method, s.system = method, system
	return nil
}

// setTarget sends copies to a UDP port; see --syslog-target.
func (s *syslogSender) setTarget(target string) error {
	if _, err := netip.ParseAddrPort(target); err != nil {
		return fmt.Errorf("syslog target %q: want IP:PORT, for example 127.0.0.1:514", target)
	}
	s.target.close()
	s.target = peer{network: "udp", address: target}
	return nil
}

// localFacility is the one of messages whose header is ours.
func (s *syslogSender) localFacility() int { return s.facilityOr(facilityLocal0) }

func (s *syslogSender) facilityOr(otherwise int) int {
	if s.facility != 0 {
		return s.facility
	}
	return otherwise
}

// send delivers a message, line by line as syslog wants it.
func (s *syslogSender) send(message string, e *entry) {
	if s.system.network == "" && s.method != "null" && s.setMethod(s.method) != nil {
		s.method = "null" // Only the environment's value has not been checked before.
	}
	var header strings.Builder
	expand(&header, syslogHeader, e)
	for line := range strings.SplitSeq(message, "\n") {
		if line == "" {
			continue
		}
		if s.method == "libc" {
			s.system.send(fmt.Sprintf("<%d>%s %s: %s", s.facilityOr(facilityDaemon)<<3|e.level.priority(),
				e.at.Local().Format(time.Stamp), s.program, line))
		} else {
			s.system.send(header.String() + line)
		}
		s.target.send(header.String() + line)
	}
}

// send delivers one datagram; the receiver may have been restarted since the last one.
func (p *peer) send(datagram string) {
	for range 2 {
		if p.network == "" {
			return
		}
		if p.conn == nil {
			conn, err := net.Dial(p.network, p.address)
			if err != nil {
				return
			}
			p.conn = conn
		}
		_ = p.conn.SetWriteDeadline(time.Now().Add(sendPatience))
		if _, err := p.conn.Write([]byte(datagram)); err == nil || os.IsTimeout(err) {
			return
		}
		p.close()
	}
}

func (p *peer) close() {
	if p.conn != nil {
		_ = p.conn.Close()
		p.conn = nil
	}
}
