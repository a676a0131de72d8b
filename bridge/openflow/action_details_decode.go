package openflow

func decodeOutput(r *reader) (Action, error) {
	port, maxLen := r.port(), r.u16()
	r.zeros(6)
	if port == PortController {
		return Controller{MaxLen: maxLen, Reason: ReasonAction}, r.end()
	}
	return Output{port}, r.end()
}

func decodeSetField(r *reader) (Action, error) {
	e, rest, err := decodeField(r.b)
	if err != nil {
		return nil, err
	}
	r.b = rest
	if flags := e.Field.flags(); flags != nil && e.Mask.Lo&flags.all == flags.all {
		// All that has a meaning is set, which is the same and has the same text.
		e.Mask = e.Field.Mask()
	}
	return SetField(e), r.end()
}

func decodeMove(r *reader) (Action, error) {
	bits, from, to := int(r.u16()), int(r.u16()), int(r.u16())
	r.zeros(2)
	a := Move{Source: r.subfield(from, bits)}
	a.Destination = r.subfield(to, bits)
	return a, r.end()
}

// stack reads what is behind the subtype of push and pop.
func (r *reader) stack() Subfield {
	offset, header := r.u16(), r.take(4)
	bits := r.u16()
	r.zeros(6)
	if r.err != nil {
		return Subfield{}
	}
	s, err := decodeSubfield(header, int(offset), int(bits))
	r.err = err
	return s
}

func decodeDeleteField(r *reader) (Action, error) {
	h, err := decodeHeader(r.take(4))
	if err != nil {
		return nil, err
	}
	if !h.field.isTunnelMetadata() {
		r.fail("only tun_metadata fields can be deleted, not %s", h.field)
	}
	return DeleteField{h.field}, r.endLong()
}

func decodeDecTTLFor(r *reader) (Action, error) {
	n := r.u16()
	r.zeros(4)
	var a DecTTLFor
	for range n {
		if r.err != nil {
			break
		}
		a.Controllers = append(a.Controllers, r.u16())
	}
	return a, r.end()
}

func decodeBundle(r *reader, load bool) (Action, error) {
	a := Bundle{Algorithm: BundleAlgorithm(r.u16()), Fields: HashFields(r.u16()), Basis: r.u16()}
	kind, members, position := r.u32(), r.u16(), r.u16()
	if load {
		a.Destination = r.positioned(position)
	} else {
		r.zeros(4)
	}
	r.zeros(4)
	if int(a.Algorithm) >= len(bundleNames) || int(a.Fields) >= len(hashNames) ||
		kind != memberInPort {
		r.fail("a bundle of an unknown kind")
	}
	for range members {
		if r.err != nil {
			break
		}
		a.Members = append(a.Members, portFromShort(r.u16()))
	}
	return a, r.end()
}

func decodeMultipath(r *reader) (Action, error) {
	a := Multipath{Fields: HashFields(r.u16()), Basis: r.u16()}
	r.zeros(2)
	a.Algorithm = MultipathAlgorithm(r.u16())
	a.Links, a.Argument = uint32(r.u16())+1, r.u32()
	r.zeros(2)
	a.Destination = r.positioned(r.u16())
	if int(a.Algorithm) >= len(multipathNames) || int(a.Fields) >= len(hashNames) {
		r.fail("a multipath of an unknown kind")
	}
	return a, r.end()
}

func decodeSample(r *reader, subtype uint16) (Action, error) {
	a := Sample{Probability: r.u16(), CollectorSet: r.u32(), ObservationDomain: r.u32(),
		ObservationPoint: r.u32()}
	if subtype != nxSample {
		if a.SamplingPort = portFromShort(r.u16()); a.SamplingPort == PortAny {
			a.SamplingPort = 0
		} else if a.SamplingPort == 0 {
			r.fail("a sample has the port 0")
		}
		a.Direction = SampleDirection(r.u8())
	}
	if a.Probability == 0 || a.Direction > SampleEgress {
		r.fail("a sample with the probability %d and the direction %d", a.Probability, a.Direction)
	}
	return a, r.end()
}

func decodeController(r *reader, extended bool) (Action, error) {
	a := Controller{MaxLen: MaxLenWhole, Reason: ReasonAction}
	if !extended {
		a.MaxLen, a.ID, a.Reason = r.u16(), r.u16(), Reason(r.u8())
		return a, r.end()
	}
	r.zeros(6)
	for r.err == nil && len(r.b) > 0 {
		kind, property := r.property()
		switch kind {
		case controllerMaxLen:
			a.MaxLen = property.u16()
			property.zeros(2)
		case controllerID:
			a.ID = property.u16()
			property.zeros(2)
		case controllerReason:
			a.Reason = Reason(property.u8())
		case controllerUserData:
			a.UserData = append([]byte(nil), property.take(len(property.b))...)
		case controllerPause:
			a.Pause = true
		case controllerMeter:
			a.MeterID = property.u32()
		default:
			r.fail("the property %d of a controller action is not known", kind)
		}
		if property.err != nil || len(property.b) > 0 {
			r.fail("the property %d of a controller action has a wrong length", kind)
		}
	}
	return a, r.err
}

// property reads a property: its kind, its length and what it says, padded to 8 bytes.
func (r *reader) property() (kind uint16, content reader) {
	kind = r.u16()
	n := int(r.u16())
	if r.err == nil && n < 4 {
		r.fail("the property %d has the length %d", kind, n)
	}
	content.b = r.take(n - 4)
	r.zeros(min(-n&7, len(r.b)))
	content.err = r.err
	return kind, content
}
