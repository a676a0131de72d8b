package openflow

// Action is one thing that is done to a packet (ovs-actions(7)); the types of this package are all
// that there are. Actions are values: nothing changes them after they were made.
type Action interface {
	// Append appends the action as dump-flows writes it.
	Append(b []byte) []byte
	// appendWire appends the bytes of the action, which are a multiple of 8.
	appendWire(b []byte, tunnel *TunnelMap) []byte
}

// AppendActionText appends a list of actions as dump-flows writes it after "actions=", "drop" if it
// is empty.
func AppendActionText(b []byte, actions []Action) []byte {
	if len(actions) == 0 {
		return append(b, "drop"...)
	}
	return appendActionList(b, actions)
}

// PrintActions is a list of actions as dump-flows writes it after "actions=", "drop" if it is empty.
func PrintActions(actions []Action) string { return string(AppendActionText(nil, actions)) }

func appendActionList(b []byte, actions []Action) []byte {
	for i, a := range actions {
		if i > 0 {
			b = append(b, ',')
		}
		b = a.Append(b)
	}
	return b
}
