package openflow

func parsePushVLAN(c call) (Action, error) {
	n, err := c.number(0xffff)
	return PushVLAN{uint16(n)}, err
}

func parsePushMPLS(c call) (Action, error) {
	n, err := c.number(0xffff)
	return PushMPLS{uint16(n)}, err
}

func parsePopMPLS(c call) (Action, error) {
	n, err := c.number(0xffff)
	return PopMPLS{uint16(n)}, err
}

func parseSetMPLSTTL(c call) (Action, error) {
	n, err := c.number(255)
	return SetMPLSTTL{uint8(n)}, err
}

func parseSetTTL(c call) (Action, error) {
	n, err := c.number(255)
	return SetTTL{uint8(n)}, err
}

// parseDecTTL tells dec_ttl from dec_ttl(), which OVN uses; ovs-ofctl takes both for the former.
func parseDecTTL(c call) (Action, error) {
	if c.mark == 0 {
		return DecTTL{}, nil
	}
	p, err := c.parentheses()
	if err != nil {
		return nil, err
	}
	var a DecTTLFor
	for rest := p; rest.text != ""; {
		var item piece
		item, rest = rest.next()
		n, err := item.trim().number(0xffff)
		if err != nil {
			return nil, err
		}
		a.Controllers = append(a.Controllers, uint16(n))
	}
	return a, nil
}
