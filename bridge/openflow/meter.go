package openflow

// MeterFlags are the flags of a meter.
type MeterFlags uint16

// The flags of a meter: whether rates are in kilobits or packets a second, whether bands have burst
// sizes, whether it counts.
const (
	MeterKbps MeterFlags = 1 << iota
	MeterPktps
	MeterBurst
	MeterStats
)

var meterFlagNames = [...]string{"kbps", "pktps", "burst", "stats"}

// MeterBandType says what happens to packets above a band's rate.
type MeterBandType uint16

// The types of bands.
const (
	BandDrop       MeterBandType = 1
	BandDSCPRemark MeterBandType = 2
)

// Meter is an entry of the meter table.
type Meter struct {
	ID    uint32 // 1 to 0xffff0000, or one of the reserved ones
	Flags MeterFlags
	Bands []MeterBand
}

// MeterBand is one limit of a meter.
type MeterBand struct {
	Type MeterBandType
	// Rate is in kilobits or packets a second, as the meter's flags say. BurstSize is in kilobits
	// or packets.
	Rate, BurstSize uint32
	// PrecLevel is by how much BandDSCPRemark raises the drop precedence.
	PrecLevel uint8
}

// Append appends the meter as dump-meters writes it: a line, and one more for each band.
func (m *Meter) Append(b []byte) []byte {
	b = append(appendNumber(b, "meter=", uint64(m.ID)), ' ')
	for i, name := range meterFlagNames {
		if m.Flags>>i&1 == 1 {
			b = append(append(b, name...), ' ')
		}
	}
	b = append(b, "bands="...)
	for i := range m.Bands {
		band := &m.Bands[i]
		b = append(b, "\ntype="...)
		if band.Type == BandDrop {
			b = append(b, "drop"...)
		} else {
			b = append(b, "dscp_remark"...)
		}
		b = appendNumber(b, " rate=", uint64(band.Rate))
		if m.Flags&MeterBurst != 0 {
			b = appendNumber(b, " burst_size=", uint64(band.BurstSize))
		}
		if band.Type == BandDSCPRemark {
			b = appendNumber(b, " prec_level=", uint64(band.PrecLevel))
		}
	}
	return b
}

// String is the meter as Append writes it.
func (m *Meter) String() string { return string(m.Append(nil)) }
