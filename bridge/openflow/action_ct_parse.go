package openflow

func parseCT(c call) (Action, error) {
	p, err := c.parentheses()
	if err != nil {
		return nil, err
	}
	a := CT{Table: NoTable}
	for rest := p; rest.text != ""; {
		var item piece
		item, rest = rest.next()
		if err := a.parseArgument(item.trim(), c.depth); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// parseArgument reads one argument of a ct action.
func (a *CT) parseArgument(p piece, depth int) error {
	c, err := newCall(p, depth)
	if err != nil {
		return err
	}
	if c.mark == '(' {
		switch c.name.text {
		case "nat":
			if a.NAT != nil {
				return p.errorf("nat is there twice")
			}
			a.NAT, err = parseNAT(c)
			return err
		case "exec":
			a.Exec, err = a.parseExec(c)
			return err
		}
	}
	name, value, _ := p.option()
	switch name.text {
	case "commit":
		a.Commit = true
	case "force":
		a.Force = true
	case "nat":
		a.NAT = &NAT{}
	case "table":
		n, err := value.number(NoTable - 1)
		if err != nil {
			return err
		}
		a.Table = uint8(n)
	case "zone":
		return a.parseZone(value)
	case "alg":
		switch value.text {
		case "ftp":
			a.ALG = ALGFTP
		case "tftp":
			a.ALG = ALGTFTP
		default:
			n, err := value.number(0xffff)
			a.ALG = uint16(n)
			return err
		}
	default:
		return p.errorf("ct has commit, force, table, zone, nat, exec and alg")
	}
	return nil
}

// parseZone reads a number, or a field of 16 bits that has it.
func (a *CT) parseZone(p piece) error {
	if p.text != "" && p.text[0] >= '0' && p.text[0] <= '9' {
		n, err := p.number(0xffff)
		a.Zone = uint16(n)
		return err
	}
	var err error
	a.ZoneSource, err = parseSubfield(p)
	return err
}

// parseExec reads the actions that set the connection's mark and label.
func (a *CT) parseExec(c call) ([]Action, error) {
	if c.tail.text != "" || c.argument.trim().text == "" {
		return nil, c.whole.errorf("write it as exec(ACTIONS)")
	}
	actions, err := parseActions(c.argument, c.depth+1)
	if err != nil {
		return nil, err
	}
	for _, one := range actions {
		if !setsConnection(one) {
			return nil, c.argument.errorf("only ct_mark and ct_label can be set here")
		}
	}
	return actions, nil
}

// setsConnection says whether an action may be in the exec of a ct action.
func setsConnection(a Action) bool {
	var f Field
	switch a := a.(type) {
	case SetField:
		f = a.Field
	case Move:
		f = a.Destination.Field
	}
	return f == FieldCTMark || f == FieldCTLabel
}
