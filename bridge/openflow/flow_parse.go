package openflow

import "strings"

// ParseFlow reads a flow as a line of dump-flows, with statistics or without, or as add-flow takes
// it (ovs-ofctl(8), "Flow Syntax"). Statistics are passed over. The error is a *ParseError.
func ParseFlow(text string) (*Flow, error) {
	p := piece{text, 0}.trim()
	f := &Flow{Priority: DefaultPriority}
	before, actions, found := cutActions(p)
	if !found {
		return nil, p.errorf("the actions are missing: write actions=... behind the match")
	}
	parser := matchParser{match: make(Match, 0, 8)}
	for rest := before; rest.text != ""; {
		var item piece
		if item, rest = rest.nextItem(); item.text == "" {
			continue
		}
		name, value, found := item.cutByte('=')
		known, err := f.parseItem(name, value, found)
		if !known {
			err = parser.item(name, value, found)
		}
		if err != nil {
			return nil, err
		}
	}
	var err error
	if f.Match, err = parser.finish(before); err != nil {
		return nil, err
	}
	if f.Actions, err = parseActions(actions, 0); err != nil {
		return nil, err
	}
	if err := f.check(actions); err != nil {
		return nil, err
	}
	return f, nil
}

// cutActions is what is before and behind "actions=".
func cutActions(p piece) (before, actions piece, found bool) {
	for _, word := range [...]string{"actions=", "action="} {
		for i := 0; ; i++ {
			next := strings.Index(p.text[i:], word)
			if next < 0 {
				break
			}
			i += next
			if i == 0 || p.text[i-1] == ',' || blank(p.text[i-1]) {
				return p.to(i), p.from(i + len(word)), true
			}
		}
	}
	return p, piece{}, false
}

// parseItem reads what is about the flow as a whole. It is false for parts of the match.
func (f *Flow) parseItem(name, value piece, found bool) (known bool, err error) {
	if !found {
		for i, flag := range flowFlagNames {
			if flag == name.text {
				f.Flags |= 1 << i
				return true, nil
			}
		}
		return false, nil
	}
	switch name.text {
	case "cookie":
		f.Cookie, err = value.number(^uint64(0))
	case "table":
		var n uint64
		n, err = value.number(NoTable - 1)
		f.Table = uint8(n)
	case "priority":
		f.Priority, err = value.number16()
	case "idle_timeout":
		f.IdleTimeout, err = value.number16()
	case "hard_timeout":
		f.HardTimeout, err = value.number16()
	case "importance":
		f.Importance, err = value.number16()
	case "duration", "n_packets", "n_bytes", "idle_age", "hard_age":
	default:
		return false, nil
	}
	return true, err
}

// check finds actions that cannot be together.
func (f *Flow) check(p piece) error {
	conjunctions, others := 0, 0
	for i, a := range f.Actions {
		switch a.(type) {
		case Conjunction:
			conjunctions++
		case Note:
		case ApplyMeter:
			if i > 0 {
				return p.errorf("meter has to be the first action")
			}
			others++
		default:
			others++
		}
	}
	if conjunctions > 0 && others > 0 {
		return p.errorf("conjunction stands only beside other conjunctions and notes")
	}
	return nil
}
