package openflow

import (
	"slices"
	"strings"
)

// selectionMethodMax is the most bytes that the name of a selection method has.
const selectionMethodMax = 15

// ParseGroup reads a group as dump-groups writes it or add-group takes it (ovs-ofctl(8), "Group
// Syntax"). The group_id may be left out. The error is a *ParseError.
func ParseGroup(text string) (*Group, error) {
	p := piece{text, 0}.trim()
	g := &Group{}
	typed := false
	head, buckets := cutBucket(p)
	for rest := head; rest.text != ""; {
		var item piece
		if item, rest = rest.next(); item.trim().text == "" {
			continue
		}
		item = item.trim()
		if err := g.parseItem(item); err != nil {
			return nil, err
		}
		typed = typed || strings.HasPrefix(item.text, "type=")
	}
	if !typed {
		return nil, head.errorf("the type is missing: write type=all, select, indirect or ff")
	}
	for rest := buckets; rest.text != ""; {
		var one piece
		one, rest = cutBucket(rest)
		if err := g.parseBucket(one); err != nil {
			return nil, err
		}
	}
	if id, ok := g.numberBuckets(); !ok {
		return nil, p.errorf("two buckets have the id %d", id)
	}
	if err := g.check(p); err != nil {
		return nil, err
	}
	return g, nil
}

// cutBucket is what is before the next bucket, and the text of that bucket and those behind it.
func cutBucket(p piece) (before, after piece) {
	const word = "bucket="
	for i, depth := 0, 0; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0 && c == 'b' && strings.HasPrefix(p.text[i:], word) &&
			(i == 0 || p.text[i-1] == ',' || blank(p.text[i-1])):
			return p.to(i), p.from(i + len(word))
		}
	}
	return p, piece{}
}

// parseItem reads what is about the group as a whole.
func (g *Group) parseItem(p piece) (err error) {
	if strings.HasPrefix(p.text, "fields(") && strings.HasSuffix(p.text, ")") {
		return g.parseFields(p.from(len("fields(")).to(len(p.text) - len("fields()")))
	}
	name, value, _ := p.cutByte('=')
	switch name.text {
	case "group_id":
		var n uint64
		n, err = value.number(0xffffff00)
		g.ID = uint32(n)
	case "type":
		i := slices.Index(groupTypeNames[:], value.text)
		if value.text == "fast_failover" {
			i = int(GroupFastFailover)
		}
		if i < 0 {
			return value.errorf("a group is of the type all, select, indirect or ff")
		}
		g.Type = GroupType(i)
	case "selection_method":
		if len(value.text) > selectionMethodMax || value.text == "" {
			return value.errorf("a selection method has 1 to %d bytes", selectionMethodMax)
		}
		g.SelectionMethod = value.text
	case "selection_method_param":
		g.SelectionParam, err = value.number(^uint64(0))
	case "fields":
		return g.parseFields(value)
	default:
		return p.errorf("a group has group_id, type, selection_method, selection_method_param, " +
			"fields and bucket")
	}
	return err
}

func (g *Group) parseFields(p piece) error {
	for rest := p; rest.text != ""; {
		var item piece
		item, rest = rest.next()
		name, mask, masked := item.trim().cutByte('=')
		f := byFieldName[name.text]
		if f == 0 {
			return name.errorf("no field has this name: they are in ovs-fields(7)")
		}
		e := MatchField{Field: f, Mask: f.Mask()}
		if masked {
			v, err := f.parseOne(mask)
			if err != nil {
				return err
			}
			e.Mask = v
		}
		g.SelectionFields = append(g.SelectionFields, e)
	}
	return nil
}

// check finds what cannot be together.
func (g *Group) check(p piece) error {
	switch {
	case g.Type != GroupSelect && g.SelectionMethod != "":
		return p.errorf("only select groups have a selection method")
	case g.SelectionMethod == "" && (g.SelectionParam != 0 || len(g.SelectionFields) > 0):
		return p.errorf("selection_method_param and fields need a selection_method")
	case g.Type == GroupIndirect && len(g.Buckets) != 1:
		return p.errorf("an indirect group has one bucket")
	}
	return nil
}
