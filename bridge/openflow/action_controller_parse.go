package openflow

func parseController(c call) (Action, error) {
	a := Controller{MaxLen: MaxLenWhole, Reason: ReasonAction}
	if c.mark == ':' {
		n, err := c.argument.number(0xffff)
		a.MaxLen = uint16(n)
		return a, err
	}
	p, err := c.parentheses()
	if err != nil {
		return nil, err
	}
	for rest := p; rest.text != ""; {
		var item piece
		item, rest = rest.next()
		name, value, found := item.trim().option()
		if !found && name.text != "pause" {
			// A number alone is the most of the packet that is sent.
			name, value = piece{"max_len", name.at}, name
		}
		if err := a.parseArgument(name, value); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// parseArgument reads one argument of a controller action.
func (a *Controller) parseArgument(name, value piece) (err error) {
	var n uint64
	switch name.text {
	case "max_len":
		n, err = value.number(0xffff)
		a.MaxLen = uint16(n)
	case "id":
		n, err = value.number(0xffff)
		a.ID = uint16(n)
	case "reason":
		a.Reason, err = parseReason(value)
	case "userdata":
		a.UserData, err = parseDotted(value)
	case "pause":
		a.Pause = true
	case "meter_id":
		n, err = value.number(0xffffffff)
		a.MeterID = uint32(n)
	default:
		err = name.errorf("controller has max_len, id, reason, userdata, pause and meter_id")
	}
	return err
}

func parseReason(p piece) (Reason, error) {
	for i, name := range reasonNames {
		if name == p.text {
			return Reason(i), nil
		}
	}
	n, err := p.number(255)
	if err != nil {
		return 0, p.errorf("no reason has this name: they are in ovs-actions(7)")
	}
	return Reason(n), nil
}
