package openflow

import "strconv"

// Reason says why a packet is sent to a controller.
type Reason uint8

// The reasons. An action of OVN's has ReasonAction.
const (
	ReasonNoMatch Reason = iota
	ReasonAction
	ReasonInvalidTTL
	ReasonActionSet
	ReasonGroup
	ReasonPacketOut
)

var reasonNames = [...]string{"no_match", "action", "invalid_ttl", "action_set", "group",
	"packet_out"}

// String is the reason's word in ovs-actions(7), or its number.
func (r Reason) String() string {
	if int(r) < len(reasonNames) {
		return reasonNames[r]
	}
	return strconv.Itoa(int(r))
}

// MaxLenWhole as a MaxLen sends packets whole.
const MaxLenWhole = 0xffff

// Controller sends the packet to controllers, as a [PacketIn].
type Controller struct {
	// MaxLen is the most of the packet that is sent, in bytes, MaxLenWhole for all of it.
	MaxLen uint16
	// ID chooses the controllers that said they have this id; 0 is all that said nothing.
	ID     uint16
	Reason Reason
	// UserData comes back in the packet-in; OVN's begins with an opcode.
	UserData []byte
	// Pause stops the packet, until the controller resumes it.
	Pause bool
	// MeterID limits how many packets are sent, 0 for no limit.
	MeterID uint32
}

// plain says whether the action is no more than output to the controller's port.
func (a Controller) plain() bool {
	return a.Reason == ReasonAction && a.ID == 0 && !a.extended()
}

// extended says whether the action needs the newest of its encodings.
func (a Controller) extended() bool {
	return len(a.UserData) > 0 || a.Pause || a.MeterID != 0
}

// Append appends the action as dump-flows writes it.
func (a Controller) Append(b []byte) []byte {
	if a.plain() {
		return appendNumber(b, "CONTROLLER:", uint64(a.MaxLen))
	}
	b = append(b, "controller("...)
	start := len(b)
	if a.Reason != ReasonAction {
		b = append(append(b, "reason="...), a.Reason.String()...)
	}
	if a.MaxLen != MaxLenWhole {
		b = strconv.AppendUint(append(separated(b, start), "max_len="...), uint64(a.MaxLen), 10)
	}
	if a.ID != 0 {
		b = strconv.AppendUint(append(separated(b, start), "id="...), uint64(a.ID), 10)
	}
	if len(a.UserData) > 0 {
		b = appendDotted(append(separated(b, start), "userdata="...), a.UserData)
	}
	if a.Pause {
		b = append(separated(b, start), "pause"...)
	}
	if a.MeterID != 0 {
		b = strconv.AppendUint(append(separated(b, start), "meter_id="...), uint64(a.MeterID), 10)
	}
	return append(b, ')')
}
