package openflow

import "strconv"

// DefaultPriority is the priority of a flow that does not say one.
const DefaultPriority = 0x8000

// FlowFlags are the flags of a flow.
type FlowFlags uint16

// The flags of a flow.
const (
	FlowSendRemoved FlowFlags = 1 << iota
	FlowCheckOverlap
	FlowResetCounts
	FlowNoPacketCounts
	FlowNoByteCounts
)

var flowFlagNames = [...]string{"send_flow_rem", "check_overlap", "reset_counts",
	"no_packet_counts", "no_byte_counts"}

// Flow is an entry of a flow table: packets that match and for which no flow of a higher priority
// matches are treated with the actions.
type Flow struct {
	Table    uint8 // 0 to 254
	Priority uint16
	Cookie   uint64
	Match    Match
	Actions  []Action
	// IdleTimeout and HardTimeout end the flow after so many seconds without packets, or at all;
	// 0 for never.
	IdleTimeout, HardTimeout uint16
	Flags                    FlowFlags
	Importance               uint16
}

// Append appends the flow as a line of dump-flows --no-stats --no-names, without the blank that
// such lines begin with.
func (f *Flow) Append(b []byte) []byte {
	if f.Cookie != 0 {
		b = strconv.AppendUint(append(b, "cookie=0x"...), f.Cookie, 16)
		b = append(b, ", "...)
	}
	if f.Table != 0 {
		b = append(appendNumber(b, "table=", uint64(f.Table)), ", "...)
	}
	if f.IdleTimeout != 0 {
		b = append(appendNumber(b, "idle_timeout=", uint64(f.IdleTimeout)), ", "...)
	}
	if f.HardTimeout != 0 {
		b = append(appendNumber(b, "hard_timeout=", uint64(f.HardTimeout)), ", "...)
	}
	b = f.appendFlags(b)
	start := len(b)
	if f.Priority != DefaultPriority {
		b = appendNumber(b, "priority=", uint64(f.Priority))
		if len(f.Match) > 0 {
			b = append(b, ',')
		}
	}
	b = f.Match.Append(b)
	if len(b) > start {
		b = append(b, ' ')
	}
	return AppendActionText(append(b, "actions="...), f.Actions)
}

func (f *Flow) appendFlags(b []byte) []byte {
	start := len(b)
	for i, name := range flowFlagNames {
		if f.Flags>>i&1 == 1 {
			b = append(append(b, name...), ' ')
		}
	}
	if f.Importance != 0 {
		b = append(appendNumber(b, "importance=", uint64(f.Importance)), ' ')
	}
	if len(b) > start {
		b = append(b[:len(b)-1], ", "...)
	}
	return b
}

// String is the flow as Append writes it.
func (f *Flow) String() string { return string(f.Append(nil)) }
