package openflow

// MeterCommand says what a MeterMod does.
type MeterCommand uint16

// The commands for meters.
const (
	MeterAdd MeterCommand = iota
	MeterModify
	MeterDelete
)

// AllMeters as the ID of a MeterMod that deletes is all meters.
const AllMeters = 0xffffffff

// MeterMod adds, changes or deletes a meter. It cannot be in a bundle.
type MeterMod struct {
	Command MeterCommand
	Meter   *Meter
}

// DeleteAllMeters is the MeterMod that deletes all meters.
func DeleteAllMeters() MeterMod {
	return MeterMod{Command: MeterDelete, Meter: &Meter{ID: AllMeters}}
}

// Append appends the message.
func (m MeterMod) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put16(begin(b, TypeMeterMod, xid), uint16(m.Command))
	b = put32(put16(b, uint16(m.Meter.Flags)), m.Meter.ID)
	for i := range m.Meter.Bands {
		b = m.Meter.Bands[i].appendWire(b)
	}
	return complete(b, start, "meter mod")
}

// bandLen is the number of bytes of a band.
const bandLen = 16

func (band *MeterBand) appendWire(b []byte) []byte {
	b = put32(put16(put16(b, uint16(band.Type)), bandLen), band.Rate)
	return append(put32(b, band.BurstSize), band.PrecLevel, 0, 0, 0)
}

// DecodeMeterMod reads a MeterMod, as a switch does. The error is a *DecodeError.
func DecodeMeterMod(message []byte) (MeterMod, error) {
	r, err := body(message, TypeMeterMod)
	if err != nil {
		return MeterMod{}, err
	}
	m := MeterMod{Command: MeterCommand(r.u16()), Meter: &Meter{}}
	m.Meter.Flags, m.Meter.ID = MeterFlags(r.u16()), r.u32()
	if m.Command > MeterDelete {
		r.fail("the command %d is not known", m.Command)
	}
	m.Meter.decodeBands(r)
	return m, within("meter mod", r.err)
}

// decodeBands reads the rest as bands.
func (m *Meter) decodeBands(r *reader) {
	if m.Flags>>len(meterFlagNames) != 0 {
		r.fail("the flags %#04x of a meter are not known", uint16(m.Flags))
	}
	for r.err == nil && len(r.b) > 0 {
		band := MeterBand{Type: MeterBandType(r.u16())}
		if n := r.u16(); r.err == nil && n != bandLen {
			r.fail("a band has %d bytes instead of %d", n, bandLen)
		}
		band.Rate, band.BurstSize = r.u32(), r.u32()
		switch band.Type {
		case BandDrop:
			r.zeros(4)
		case BandDSCPRemark:
			band.PrecLevel = r.u8()
			r.zeros(3)
		default:
			r.fail("the type %d of a band is not known", band.Type)
		}
		m.Bands = append(m.Bands, band)
	}
}
