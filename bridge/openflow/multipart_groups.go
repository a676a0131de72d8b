package openflow

// GroupsRequest asks for a group, AllGroups for all.
type GroupsRequest struct{ ID uint32 }

// Append appends the message.
func (m GroupsRequest) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put0(put32(beginMultipart(b, MultipartGroups, xid), m.ID), 4)
	return complete(b, start, "groups request")
}

// DecodeGroups reads a part of the answer to a GroupsRequest. The error is a *DecodeError; the
// groups before it are returned.
func DecodeGroups(b []byte) ([]Group, error) {
	var groups []Group
	r := &reader{b: b}
	for r.err == nil && len(r.b) > 0 {
		n := int(r.u16())
		if r.err == nil && n < 2 {
			r.fail("a group has the length %d", n)
		}
		content := &reader{b: r.take(n - 2)}
		if r.err != nil {
			break
		}
		g := Group{Type: GroupType(content.u8())}
		content.zeros(1)
		g.ID = content.u32()
		length := int(content.u16())
		content.zeros(6)
		g.decodeRest(content, length)
		if content.err != nil {
			return groups, within("group", content.err)
		}
		groups = append(groups, g)
	}
	return groups, within("groups", r.err)
}

// GroupFeaturesRequest asks for [GroupFeatures].
type GroupFeaturesRequest struct{}

// Append appends the message.
func (m GroupFeaturesRequest) Append(b []byte, xid uint32) ([]byte, error) {
	return complete(beginMultipart(b, MultipartGroupFeatures, xid), len(b),
		"group features request")
}

// GroupFeatures says what a switch's groups can do.
type GroupFeatures struct {
	// Types has the bit 1<<t for each GroupType t.
	Types, Capabilities uint32
	// Max is the most groups of each type, Actions the types of actions that they may have.
	Max, Actions [4]uint32
}

// DecodeGroupFeatures reads the answer to a GroupFeaturesRequest. The error is a *DecodeError.
func DecodeGroupFeatures(b []byte) (GroupFeatures, error) {
	r := &reader{b: b}
	m := GroupFeatures{Types: r.u32(), Capabilities: r.u32()}
	for i := range m.Max {
		m.Max[i] = r.u32()
	}
	for i := range m.Actions {
		m.Actions[i] = r.u32()
	}
	return m, within("group features", r.end())
}
