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
		return outputTo(port), nil
	}
	name, _, _ := p.cutByte('[')
	if byFieldName[name.text] == 0 {
		return nil, err
	}
	s, err := parseSubfield(p)
	return OutputField{s}, err
}

// outputTo is the action that sends packets to a port.
func outputTo(port Port) Action {
	if port == PortController {
		return Controller{MaxLen: MaxLenWhole, Reason: ReasonAction}
	}
	return Output{port}
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
	return a, nil
}

func parseOutputGroup(c call) (Action, error) {
	n, err := c.number(0xffffffff)
	return OutputGroup{uint32(n)}, err
}

func parseSetQueue(c call) (Action, error) {
	n, err := c.number(0xffffffff)
	return SetQueue{uint32(n)}, err
}

func parseApplyMeter(c call) (Action, error) {
	n, err := c.number(0xffffffff)
	return ApplyMeter{uint32(n)}, err
}
