package openflow

import "strconv"

// Learn adds a flow that is made from the packet.
type Learn struct {
	// Table is where the flow is added, Priority its priority.
	Table    uint8
	Priority uint16
	// IdleTimeout and HardTimeout end the flow after so many seconds without packets, or at all;
	// 0 for never. FinIdleTimeout and FinHardTimeout take their place once TCP ends.
	IdleTimeout, HardTimeout       uint16
	FinIdleTimeout, FinHardTimeout uint16
	Cookie                         uint64
	// SendFlowRemoved tells controllers of the flow's end. DeleteLearned deletes the flows with
	// Cookie in Table when the flow with this action is deleted.
	SendFlowRemoved, DeleteLearned bool
	// Limit is the most flows with the cookie that the table may have, 0 for no limit. Result, if
	// it has a field, is a bit that says whether the flow was added.
	Limit  uint32
	Result Subfield
	Specs  []LearnSpec
}

// LearnKind says what a part of a learn action does.
type LearnKind uint8

// The kinds of parts of a learn action.
const (
	LearnMatch  LearnKind = iota // the new flow matches the destination against the source
	LearnLoad                    // the new flow loads the source into the destination
	LearnOutput                  // the new flow sends packets to the port in the source
)

// LearnSpec is a part of a learn action.
type LearnSpec struct {
	Kind LearnKind
	// Source is a part of the packet. If it has no field, the source is Immediate.
	Source    Subfield
	Immediate U128
	// Destination has as many bits as the source; LearnOutput has none.
	Destination Subfield
}

// Append appends the action as dump-flows writes it.
func (a Learn) Append(b []byte) []byte {
	b = appendNumber(b, "learn(table=", uint64(a.Table))
	b = appendOption(b, ",idle_timeout=", uint64(a.IdleTimeout))
	b = appendOption(b, ",hard_timeout=", uint64(a.HardTimeout))
	b = appendOption(b, ",fin_idle_timeout=", uint64(a.FinIdleTimeout))
	b = appendOption(b, ",fin_hard_timeout=", uint64(a.FinHardTimeout))
	if a.Priority != DefaultPriority {
		b = appendNumber(b, ",priority=", uint64(a.Priority))
	}
	if a.SendFlowRemoved {
		b = append(b, ",send_flow_rem"...)
	}
	if a.DeleteLearned {
		b = append(b, ",delete_learned"...)
	}
	if a.Cookie != 0 {
		b = strconv.AppendUint(append(b, ",cookie=0x"...), a.Cookie, 16)
	}
	b = appendOption(b, ",limit=", uint64(a.Limit))
	if a.Result.Field != 0 {
		b = a.Result.Append(append(b, ",result_dst="...))
	}
	for i := range a.Specs {
		b = a.Specs[i].append(append(b, ','))
	}
	return append(b, ')')
}

// appendOption appends a number unless it is 0.
func appendOption(b []byte, prefix string, v uint64) []byte {
	if v == 0 {
		return b
	}
	return appendNumber(b, prefix, v)
}

func (s *LearnSpec) append(b []byte) []byte {
	immediate := s.Source.Field == 0
	switch {
	case s.Kind == LearnOutput:
		return s.Source.Append(append(b, "output:"...))
	case s.Kind == LearnLoad && immediate:
		b = s.Immediate.appendHex(append(b, "load:"...))
		return s.Destination.Append(append(b, "->"...))
	case s.Kind == LearnLoad:
		b = s.Source.Append(append(b, "load:"...))
		return s.Destination.Append(append(b, "->"...))
	case immediate && s.Destination.isWhole():
		f := s.Destination.Field
		b = append(append(b, fields[f].name...), '=')
		return f.appendValue(b, s.Immediate, f.Mask())
	case immediate:
		return s.Immediate.appendHex(append(s.Destination.Append(b), '='))
	}
	b = s.Destination.Append(b)
	if s.Source != s.Destination {
		b = s.Source.Append(append(b, '='))
	}
	return b
}
