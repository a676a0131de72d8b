package openflow

// modifiedFields are the fields that ovs-actions(7) has actions of their own for.
var modifiedFields = map[string]Field{
	"mod_dl_src": FieldEthSrc, "mod_dl_dst": FieldEthDst, "mod_nw_src": FieldIPSrc,
	"mod_nw_dst": FieldIPDst, "mod_nw_ecn": FieldIPECN, "mod_nw_tos": FieldIPTOS,
	"set_vlan_vid": FieldVLANVID, "mod_vlan_vid": FieldVLANVID,
	"set_vlan_pcp": FieldVLANPCP, "mod_vlan_pcp": FieldVLANPCP,
	"set_mpls_label": FieldMPLSLabel, "set_mpls_tc": FieldMPLSTC,
	"set_tunnel": FieldTunID, "set_tunnel64": FieldTunID,
}

// parseModify reads an action that sets one field whole.
func parseModify(f Field) func(call) (Action, error) {
	return func(c call) (Action, error) {
		p, err := c.either()
		if err != nil {
			return nil, err
		}
		v, err := f.parseOne(p)
		if err != nil {
			return nil, err
		}
		switch f {
		case FieldVLANVID:
			v = v.Or(U64(vlanPresent))
		case FieldIPTOS:
			return Set(FieldIPDSCP, v.Shr(2)), nil
		}
		return Set(f, v), nil
	}
}

func parseSetField(c call) (Action, error) {
	p, err := c.colon()
	if err != nil {
		return nil, err
	}
	text, name, err := p.arrow(c.whole)
	if err != nil {
		return nil, err
	}
	f := byFieldName[name.text]
	if f == 0 {
		return nil, name.errorf("no field has this name: they are in ovs-fields(7)")
	}
	value, mask, err := f.parseValue(text, false)
	if err != nil {
		return nil, err
	}
	return SetField{f, value, mask}, nil
}

func parseLoad(c call) (Action, error) {
	p, err := c.colon()
	if err != nil {
		return nil, err
	}
	text, name, err := p.arrow(c.whole)
	if err != nil {
		return nil, err
	}
	s, err := parseSubfield(name)
	if err != nil {
		return nil, err
	}
	v, err := text.number128()
	if err == nil && v.Len() > int(s.Bits) {
		err = text.errorf("%s has %d bits, the number needs %d", name.text, s.Bits, v.Len())
	}
	if err != nil {
		return nil, err
	}
	return Load(s, v), nil
}

func parseMove(c call) (Action, error) {
	p, err := c.colon()
	if err != nil {
		return nil, err
	}
	from, to, err := p.arrow(c.whole)
	if err != nil {
		return nil, err
	}
	var a Move
	if a.Source, err = parseSubfield(from); err != nil {
		return nil, err
	}
	if a.Destination, err = parseSubfield(to); err != nil {
		return nil, err
	}
	if a.Source.Bits != a.Destination.Bits {
		return nil, c.whole.errorf("%d bits cannot be moved to %d", a.Source.Bits,
			a.Destination.Bits)
	}
	return a, nil
}

func parsePush(c call) (Action, error) {
	p, err := c.either()
	if err != nil {
		return nil, err
	}
	s, err := parseSubfield(p)
	return Push{s}, err
}

func parsePop(c call) (Action, error) {
	p, err := c.either()
	if err != nil {
		return nil, err
	}
	s, err := parseSubfield(p)
	return Pop{s}, err
}

func parseDeleteField(c call) (Action, error) {
	p, err := c.colon()
	if err != nil {
		return nil, err
	}
	f := byFieldName[p.text]
	if !f.isTunnelMetadata() {
		return nil, p.errorf("only tun_metadata fields can be deleted")
	}
	return DeleteField{f}, nil
}
