package openflow

import "strconv"

// Output sends the packet to a port. PortController is what [Controller] is for.
type Output struct{ Port Port }

// OutputField sends the packet to the port whose number is in a field.
type OutputField struct{ Source Subfield }

// OutputTruncated sends the first MaxLen bytes of the packet to a port; MaxLen is at least 14.
type OutputTruncated struct {
	Port   Port
	MaxLen uint32
}

// OutputGroup sends the packet to a group.
type OutputGroup struct{ ID uint32 }

// SetQueue chooses the queue for the outputs that follow.
type SetQueue struct{ Queue uint32 }

// PopQueue chooses the queue that the packet had when it came.
type PopQueue struct{}

// ApplyMeter counts the packet for a meter, which may drop it. It can only be the first action of a
// flow.
type ApplyMeter struct{ ID uint32 }

// Append appends the action as dump-flows writes it.
func (a Output) Append(b []byte) []byte {
	if a.Port.reservedName() == "" {
		b = append(b, "output:"...)
	}
	return a.Port.Append(b)
}

// Append appends the action as dump-flows writes it.
func (a OutputField) Append(b []byte) []byte { return a.Source.Append(append(b, "output:"...)) }

// Append appends the action as dump-flows writes it.
func (a OutputTruncated) Append(b []byte) []byte {
	b = a.Port.Append(append(b, "output(port="...))
	b = strconv.AppendUint(append(b, ",max_len="...), uint64(a.MaxLen), 10)
	return append(b, ')')
}

// Append appends the action as dump-flows writes it.
func (a OutputGroup) Append(b []byte) []byte { return appendNumber(b, "group:", uint64(a.ID)) }

// Append appends the action as dump-flows writes it.
func (a SetQueue) Append(b []byte) []byte { return appendNumber(b, "set_queue:", uint64(a.Queue)) }

// Append appends the action as dump-flows writes it.
func (a PopQueue) Append(b []byte) []byte { return append(b, "pop_queue"...) }

// Append appends the action as dump-flows writes it.
func (a ApplyMeter) Append(b []byte) []byte { return appendNumber(b, "meter:", uint64(a.ID)) }

func appendNumber(b []byte, prefix string, v uint64) []byte {
	return strconv.AppendUint(append(b, prefix...), v, 10)
}
