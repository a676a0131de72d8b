package openflow

import "strconv"

// Port is the number of a port of a switch: 1 to 62279 for ports that exist, or one of the reserved
// numbers below (ovs-actions(7), "Port Specifications").
type Port uint32

// The reserved port numbers.
const (
	PortUnset      Port = 0xfffffff7
	PortIn         Port = 0xfffffff8 // the port that the packet came from
	PortTable      Port = 0xfffffff9 // in packet-outs: the first flow table
	PortNormal     Port = 0xfffffffa
	PortFlood      Port = 0xfffffffb
	PortAll        Port = 0xfffffffc
	PortController Port = 0xfffffffd
	PortLocal      Port = 0xfffffffe // the bridge's own interface
	PortAny        Port = 0xffffffff // no port
)

// portNames holds the names from PortUnset on.
var portNames = [...]string{"UNSET", "IN_PORT", "TABLE", "NORMAL", "FLOOD", "ALL", "CONTROLLER",
	"LOCAL", "ANY"}

// reservedName is the name of a reserved port, "" for other numbers.
func (p Port) reservedName() string {
	if p < PortUnset {
		return ""
	}
	return portNames[p-PortUnset]
}

// Append appends the port as a number, or as its name if it is a reserved one.
func (p Port) Append(b []byte) []byte {
	if name := p.reservedName(); name != "" {
		return append(b, name...)
	}
	return strconv.AppendUint(b, uint64(p), 10)
}

// String is the port as a number, or its name if it is a reserved one.
func (p Port) String() string { return string(p.Append(nil)) }

// valid says whether Open vSwitch accepts the number: 16 bits, or a reserved one.
func (p Port) valid() bool { return p < 0xff00 || p >= 0xffffff00 }

// short is the number in 16 bits, as OpenFlow 1.0 and Open vSwitch's own extensions have it.
func (p Port) short() uint16 { return uint16(p) }

// portFromShort is the port that a number of 16 bits stands for.
func portFromShort(v uint16) Port {
	if v >= 0xff00 {
		return Port(v) | 0xffff0000
	}
	return Port(v)
}
