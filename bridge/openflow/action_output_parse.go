package openflow

func parseOutput(c call) (Action, error) {
	if c.mark == '(' {
		return parseOutputTruncated(c)
	}
	p, err := c.colon()
	if err != nil {
		return nil, err
	}
	port, err := parsePort(p)
	if err == nil {
		return outputTo(p, port)
	}
	name, _, _ := p.cutByte('[')
	if byFieldName[name.text] == 0 {
		return nil, err
	}
	s, err := parseSubfield(p)
	if err == nil && s.Bits > 64 {
		err = p.errorf("a port needs no more than 64 bits")
	}
	return OutputField{s}, err
}

func outputTo(p piece, port Port) (Action, error) {
	switch {
	case port == PortController:
		return Controller{MaxLen: MaxLenWhole, Reason: ReasonAction}, nil
	case port == PortAny || port == PortUnset || !port.valid():
		return nil, p.errorf("packets cannot be sent to this port")
	}
	return Output{port}, nil
}

func parseOutputTruncated(c call) (Action, error) {
	p, err := c.parentheses()
	if err != nil {
		return nil, err
	}
	var a OutputTruncated
	for rest := p; rest.text != ""; {
		var item piece
		item, rest = rest.next()
		name, value, _ := item.trim().option()
		switch name.text {
		case "port":
			a.Port, err = parsePort(value)
		case "max_len":
			var n uint64
			n, err = value.number(0xffffffff)
			a.MaxLen = uint32(n)
		default:
			err = name.errorf("output has port=... and max_len=...")
		}
		if err != nil {
			return nil, err
		}
	}
	if a.Port == 0 || a.MaxLen < 14 {
		return nil, c.whole.errorf("output needs port=... and max_len=..., which is at least 14")
	}
	return a, nil
}

func parseOutputGroup(c call) (Action, error) {
	n, err := c.number(0xffffff00)
	return OutputGroup{uint32(n)}, err
}

func parseSetQueue(c call) (Action, error) {
	n, err := c.number(0xffffffff)
	return SetQueue{uint32(n)}, err
}

func parseApplyMeter(c call) (Action, error) {
	n, err := c.number(0xffff0000)
	if err == nil && n == 0 {
		err = c.whole.errorf("meters are numbered from 1")
	}
	return ApplyMeter{uint32(n)}, err
}
