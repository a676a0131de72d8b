package openflow

import "strings"

// ParseMeter reads a meter as dump-meters writes it or add-meter takes it (ovs-ofctl(8), "Meter
// Syntax"). The number may be left out. The error is a *ParseError.
func ParseMeter(text string) (*Meter, error) {
	p := piece{text, 0}.trim()
	m := &Meter{}
	head, bands, found := p.cut("bands=")
	if !found {
		head, bands, _ = p.cut("band=")
	}
	for rest := head; rest.text != ""; {
		var item piece
		if item, rest = rest.nextItem(); item.text == "" {
			continue
		}
		if err := m.parseItem(item); err != nil {
			return nil, err
		}
	}
	if m.Flags&(MeterKbps|MeterPktps) == 0 {
		return nil, head.errorf("the unit of rates is missing: write kbps or pktps")
	}
	for rest := bands; rest.text != ""; {
		var item piece
		if item, rest = rest.nextItem(); item.text == "" {
			continue
		}
		if err := m.parseBandItem(item); err != nil {
			return nil, err
		}
	}
	if len(m.Bands) == 0 {
		return nil, p.errorf("the bands are missing: write bands=type=drop rate=...")
	}
	return m, nil
}

func (m *Meter) parseItem(p piece) error {
	if value, ok := strings.CutPrefix(p.text, "meter="); ok {
		n, err := piece{value, p.at + len("meter=")}.number(0xffffffff)
		if err == nil && n == 0 {
			err = p.errorf("meters are numbered from 1")
		}
		m.ID = uint32(n)
		return err
	}
	for i, flag := range meterFlagNames {
		if flag == p.text {
			m.Flags |= 1 << i
			return nil
		}
	}
	return p.errorf("a meter has meter=NUMBER, kbps, pktps, burst, stats and bands=")
}

// parseBandItem reads an item of the bands; "type" begins another band.
func (m *Meter) parseBandItem(p piece) (err error) {
	name, value, _ := p.cutByte('=')
	if name.text == "type" {
		switch value.text {
		case "drop":
			m.Bands = append(m.Bands, MeterBand{Type: BandDrop})
		case "dscp_remark":
			m.Bands = append(m.Bands, MeterBand{Type: BandDSCPRemark})
		default:
			return value.errorf("a band is of the type drop or dscp_remark")
		}
		return nil
	}
	if len(m.Bands) == 0 {
		return p.errorf("a band begins with type=drop or type=dscp_remark")
	}
	band := &m.Bands[len(m.Bands)-1]
	var n uint64
	switch name.text {
	case "rate":
		n, err = value.number(0xffffffff)
		band.Rate = uint32(n)
	case "burst_size":
		if m.Flags&MeterBurst == 0 {
			return p.errorf("burst_size needs burst among the meter's flags")
		}
		n, err = value.number(0xffffffff)
		band.BurstSize = uint32(n)
	case "prec_level":
		if band.Type != BandDSCPRemark {
			return p.errorf("only a band of the type dscp_remark has prec_level")
		}
		n, err = value.number(255)
		band.PrecLevel = uint8(n)
	default:
		err = p.errorf("a band has type, rate, burst_size and prec_level")
	}
	return err
}
