package openflow

func parseLearn(c call) (Action, error) {
	p, err := c.parentheses()
	if err != nil {
		return nil, err
	}
	a := Learn{Table: 1, Priority: DefaultPriority}
	for rest := p; rest.text != ""; {
		var item piece
		if item, rest = rest.next(); item.trim().text == "" {
			continue
		}
		if err := a.parseArgument(item.trim()); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// parseArgument reads an argument that is about the new flow as a whole, or a part of it.
func (a *Learn) parseArgument(p piece) (err error) {
	name, value, _ := p.option()
	var n uint64
	switch name.text {
	case "table":
		n, err = value.number(NoTable - 1)
		a.Table = uint8(n)
	case "idle_timeout":
		a.IdleTimeout, err = value.number16()
	case "hard_timeout":
		a.HardTimeout, err = value.number16()
	case "fin_idle_timeout":
		a.FinIdleTimeout, err = value.number16()
	case "fin_hard_timeout":
		a.FinHardTimeout, err = value.number16()
	case "priority":
		a.Priority, err = value.number16()
	case "cookie":
		a.Cookie, err = value.number(^uint64(0))
	case "send_flow_rem":
		a.SendFlowRemoved = true
	case "delete_learned":
		a.DeleteLearned = true
	case "limit":
		n, err = value.number(0xffffffff)
		a.Limit = uint32(n)
	case "result_dst":
		a.Result, err = parseSubfield(value)
	default:
		var s LearnSpec
		if s, err = parseLearnSpec(p); err == nil {
			a.Specs = append(a.Specs, s)
		}
	}
	return err
}

// number16 reads a number of 16 bits.
func (p piece) number16() (uint16, error) {
	n, err := p.number(0xffff)
	return uint16(n), err
}

func parseLearnSpec(p piece) (LearnSpec, error) {
	name, value, found := p.option()
	switch name.text {
	case "output":
		s, err := parseSubfield(value)
		return LearnSpec{Kind: LearnOutput, Source: s}, err
	case "load":
		return parseLearnLoad(p, value)
	}
	s := LearnSpec{Kind: LearnMatch}
	var err error
	if s.Destination, err = parseSubfield(name); err != nil {
		return s, err
	}
	if !found {
		s.Source = s.Destination
		return s, nil
	}
	source, _, _ := value.cutByte('[')
	if byFieldName[source.text] != 0 {
		if s.Source, err = parseSubfield(value); err != nil {
			return s, err
		}
		return s, sameBits(p, s.Source, s.Destination)
	}
	return s, s.parseImmediate(value)
}

// parseImmediate reads a value that the new flow matches: as the field writes it, or the number for
// a part of a field.
func (s *LearnSpec) parseImmediate(p piece) (err error) {
	if f := s.Destination.Field; s.Destination.isWhole() {
		var mask U128
		if s.Immediate, mask, err = f.parseValue(p, true); err == nil && !Ones(f.Bits()).AndNot(mask).IsZero() {
			err = p.errorf("a learned flow matches whole values")
		}
		return err
	}
	if s.Immediate, err = p.number128(); err != nil {
		return err
	}
	if s.Immediate.Len() > int(s.Destination.Bits) {
		return p.errorf("%s has %d bits, the number needs %d", s.Destination, s.Destination.Bits,
			s.Immediate.Len())
	}
	return nil
}

func parseLearnLoad(p, value piece) (LearnSpec, error) {
	s := LearnSpec{Kind: LearnLoad}
	from, to, err := value.arrow(p)
	if err != nil {
		return s, err
	}
	if s.Destination, err = parseSubfield(to); err != nil {
		return s, err
	}
	source, _, _ := from.cutByte('[')
	if byFieldName[source.text] != 0 {
		if s.Source, err = parseSubfield(from); err != nil {
			return s, err
		}
		return s, sameBits(p, s.Source, s.Destination)
	}
	if s.Immediate, err = from.number128(); err != nil {
		return s, err
	}
	if s.Immediate.Len() > int(s.Destination.Bits) {
		return s, from.errorf("%s has %d bits, the number needs %d", s.Destination,
			s.Destination.Bits, s.Immediate.Len())
	}
	return s, nil
}

func sameBits(p piece, a, b Subfield) error {
	if a.Bits != b.Bits {
		return p.errorf("%s has %d bits, %s has %d", a, a.Bits, b, b.Bits)
	}
	return nil
}
