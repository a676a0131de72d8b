package openflow

import "strconv"

// Resubmit looks a packet up in a flow table and does what is found there, then goes on.
type Resubmit struct {
	// Port is what in_port is for the lookup, PortIn to leave it.
	Port Port
	// Table is the table, CurrentTable for the one that the flow is in. Not both Port and Table
	// may be left out.
	Table uint8
	// CT makes the lookup see the addresses and ports of the tracked connection's original
	// direction.
	CT bool
}

// CurrentTable stands for the table that a flow is in.
const CurrentTable = 255

// Clone does the actions on a copy of the packet.
type Clone struct{ Actions []Action }

// Conjunction says that the flow is part of a conjunctive match (ovs-fields(7)): a packet is for
// the flow with conj_id ID if it matches one flow of each clause. It stands only beside others of
// its kind and notes.
type Conjunction struct {
	ID uint32
	// Clause is the clause that the flow is part of, 1 to Clauses; Clauses is 2 to 64.
	Clause, Clauses uint8
}

// Note does nothing. The data is padded with zero bytes to 6 more than a multiple of 8, which makes
// them part of it.
type Note struct{ Data []byte }

// Exit ends what is done for the packet.
type Exit struct{}

// CheckPacketLarger sets the bit to 1 if the packet has more than Length bytes, else to 0.
type CheckPacketLarger struct {
	Length      uint16
	Destination Subfield // of one bit
}

// Append appends the action as dump-flows writes it.
func (a Resubmit) Append(b []byte) []byte {
	if a.Port != PortIn && a.Table == CurrentTable && !a.CT {
		return a.Port.Append(append(b, "resubmit:"...))
	}
	b = append(b, "resubmit("...)
	if a.Port != PortIn {
		b = a.Port.Append(b)
	}
	b = append(b, ',')
	if a.Table != CurrentTable {
		b = strconv.AppendUint(b, uint64(a.Table), 10)
	}
	if a.CT {
		b = append(b, ",ct"...)
	}
	return append(b, ')')
}

// Append appends the action as dump-flows writes it.
func (a Clone) Append(b []byte) []byte {
	return append(AppendActionText(append(b, "clone("...), a.Actions), ')')
}

// Append appends the action as dump-flows writes it.
func (a Conjunction) Append(b []byte) []byte {
	b = appendNumber(b, "conjunction(", uint64(a.ID))
	b = appendNumber(b, ",", uint64(a.Clause))
	return append(appendNumber(b, "/", uint64(a.Clauses)), ')')
}

// Append appends the action as dump-flows writes it.
func (a Note) Append(b []byte) []byte { return appendDotted(append(b, "note:"...), a.Data) }

// appendDotted appends bytes in hexadecimal with dots between them.
func appendDotted(b, data []byte) []byte {
	for i, c := range data {
		if i > 0 {
			b = append(b, '.')
		}
		b = append(b, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
	}
	return b
}

// Append appends the action as dump-flows writes it.
func (a Exit) Append(b []byte) []byte { return append(b, "exit"...) }

// Append appends the action as dump-flows writes it.
func (a CheckPacketLarger) Append(b []byte) []byte {
	b = appendNumber(b, "check_pkt_larger(", uint64(a.Length))
	return a.Destination.Append(append(b, ")->"...))
}
