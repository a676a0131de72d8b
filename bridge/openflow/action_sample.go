package openflow

// SampleDirection says which way the packet of a sample goes.
type SampleDirection uint8

// The directions of samples.
const (
	SampleDefault SampleDirection = iota
	SampleIngress
	SampleEgress
)

// Sample sends some packets to the collectors of flow samples.
type Sample struct {
	// Probability is how many of 65535 packets are sent, at least 1.
	Probability uint16
	// CollectorSet names the collectors; the other two are told to them.
	CollectorSet, ObservationDomain, ObservationPoint uint32
	// SamplingPort is the port of the packet, 0 for none.
	SamplingPort Port
	Direction    SampleDirection
}

// Append appends the action as dump-flows writes it.
func (a Sample) Append(b []byte) []byte {
	b = appendNumber(b, "sample(probability=", uint64(a.Probability))
	b = appendNumber(b, ",collector_set_id=", uint64(a.CollectorSet))
	b = appendNumber(b, ",obs_domain_id=", uint64(a.ObservationDomain))
	b = appendNumber(b, ",obs_point_id=", uint64(a.ObservationPoint))
	if a.SamplingPort != 0 {
		b = a.SamplingPort.Append(append(b, ",sampling_port="...))
	}
	switch a.Direction {
	case SampleIngress:
		b = append(b, ",ingress"...)
	case SampleEgress:
		b = append(b, ",egress"...)
	}
	return append(b, ')')
}
