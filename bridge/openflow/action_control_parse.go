package openflow

func parseResubmit(c call) (Action, error) {
	p, err := c.either()
	if err != nil {
		return nil, err
	}
	a := Resubmit{Port: PortIn, Table: CurrentTable}
	port, rest := p.next()
	if port.text != "" {
		if a.Port, err = parsePort(port); err != nil {
			return nil, err
		}
	}
	table, rest := rest.next()
	if table.text != "" {
		n, err := table.number(CurrentTable)
		if err != nil {
			return nil, err
		}
		a.Table = uint8(n)
	}
	if rest.text != "" {
		if rest.text != "ct" {
			return nil, rest.errorf("write resubmit(PORT,TABLE) or resubmit(PORT,TABLE,ct)")
		}
		a.CT = true
	}
	return a, nil
}

func parseClone(c call) (Action, error) {
	p, err := c.parentheses()
	if err != nil {
		return nil, err
	}
	actions, err := parseActions(p, c.depth+1)
	return Clone{actions}, err
}

func parseConjunction(c call) (Action, error) {
	p, err := c.parentheses()
	if err != nil {
		return nil, err
	}
	id, rest, _ := p.cutByte(',')
	clause, clauses, found := rest.trim().cutByte('/')
	if !found {
		return nil, c.whole.errorf("write it as conjunction(ID,CLAUSE/CLAUSES)")
	}
	n, err := id.trim().number(0xffffffff)
	if err != nil {
		return nil, err
	}
	total, err := clauses.number(64)
	if err != nil {
		return nil, err
	}
	k, err := clause.number(total)
	if err != nil {
		return nil, err
	}
	return Conjunction{uint32(n), uint8(k), uint8(total)}, nil
}

func parseNote(c call) (Action, error) {
	p, err := c.colon()
	if err != nil {
		return nil, err
	}
	data, err := parseDotted(p)
	if err != nil {
		return nil, err
	}
	// The wire has no length of its own for the data, so the padding is part of it.
	for len(data)%8 != 6 {
		data = append(data, 0)
	}
	return Note{data}, nil
}

// parseDotted reads bytes in hexadecimal, perhaps with dots between them.
func parseDotted(p piece) ([]byte, error) {
	data := make([]byte, 0, len(p.text)/2+6)
	for s := p.text; s != ""; {
		if s[0] == '.' && len(data) > 0 {
			s = s[1:]
		}
		if len(s) < 2 {
			return nil, p.errorf("write bytes as pairs of hexadecimal digits: 0a.1b.2c")
		}
		high, ok1 := hexDigit(s[0])
		low, ok2 := hexDigit(s[1])
		if !ok1 || !ok2 {
			return nil, p.errorf("write bytes as pairs of hexadecimal digits: 0a.1b.2c")
		}
		data = append(data, high<<4|low)
		s = s[2:]
	}
	return data, nil
}

func parseCheckPacketLarger(c call) (Action, error) {
	if c.mark != '(' {
		return nil, c.whole.errorf("write it as check_pkt_larger(LENGTH)->FIELD[BIT]")
	}
	n, err := c.argument.number(0xffff)
	if err != nil {
		return nil, err
	}
	_, name, err := c.tail.arrow(c.whole)
	if err != nil {
		return nil, err
	}
	s, err := parseSubfield(name)
	return CheckPacketLarger{uint16(n), s}, err
}
