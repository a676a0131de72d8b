package openflow

// MetersRequest asks for a meter, AllMeters for all.
type MetersRequest struct{ ID uint32 }

// Append appends the message.
func (m MetersRequest) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put0(put32(beginMultipart(b, MultipartMeters, xid), m.ID), 4)
	return complete(b, start, "meters request")
}

// DecodeMeters reads a part of the answer to a MetersRequest. The error is a *DecodeError; the
// meters before it are returned.
func DecodeMeters(b []byte) ([]Meter, error) {
	var meters []Meter
	r := &reader{b: b}
	for r.err == nil && len(r.b) > 0 {
		n := int(r.u16())
		if r.err == nil && n < 2 {
			r.fail("a meter has the length %d", n)
		}
		content := &reader{b: r.take(n - 2)}
		if r.err != nil {
			break
		}
		m := Meter{Flags: MeterFlags(content.u16()), ID: content.u32()}
		m.decodeBands(content)
		if content.err != nil {
			return meters, within("meter", content.err)
		}
		meters = append(meters, m)
	}
	return meters, within("meters", r.err)
}

// MeterFeaturesRequest asks for [MeterFeatures].
type MeterFeaturesRequest struct{}

// Append appends the message.
func (m MeterFeaturesRequest) Append(b []byte, xid uint32) ([]byte, error) {
	return complete(beginMultipart(b, MultipartMeterFeatures, xid), len(b),
		"meter features request")
}

// MeterFeatures says what a switch's meters can do. A switch without meters has a Max of 0.
type MeterFeatures struct {
	// Max is the most meters.
	Max uint32
	// BandTypes has the bit 1<<t for each MeterBandType t. Capabilities are MeterFlags.
	BandTypes, Capabilities uint32
	// MaxBands is the most bands of a meter.
	MaxBands, MaxColor uint8
}

// DecodeMeterFeatures reads the answer to a MeterFeaturesRequest. The error is a *DecodeError.
func DecodeMeterFeatures(b []byte) (MeterFeatures, error) {
	r := &reader{b: b}
	m := MeterFeatures{Max: r.u32(), BandTypes: r.u32(), Capabilities: r.u32(), MaxBands: r.u8(),
		MaxColor: r.u8()}
	return m, within("meter features", r.end())
}
