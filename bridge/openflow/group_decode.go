package openflow

// DecodeGroupMod reads a GroupMod, as a switch does. The error is a *DecodeError.
func DecodeGroupMod(message []byte) (GroupMod, error) {
	r, err := body(message, TypeGroupMod)
	if err != nil {
		return GroupMod{}, err
	}
	m := GroupMod{Command: GroupCommand(r.u16()), Group: &Group{}}
	m.Group.Type = GroupType(r.u8())
	r.zeros(1)
	m.Group.ID = r.u32()
	length := r.u16()
	r.zeros(2)
	m.Bucket = r.u32()
	if m.Command > GroupRemoveBucket || m.Command == 4 {
		r.fail("the command %d is not known", m.Command)
	}
	m.Group.decodeRest(r, int(length))
	return m, within("group mod", r.err)
}

// decodeRest reads buckets of so many bytes in all, and then properties.
func (g *Group) decodeRest(r *reader, length int) {
	if int(g.Type) >= len(groupTypeNames) {
		r.fail("the group type %d is not known", g.Type)
	}
	buckets := reader{b: r.take(length)}
	for buckets.err == nil && len(buckets.b) > 0 {
		g.Buckets = append(g.Buckets, buckets.bucket(g.Type))
	}
	if r.err == nil {
		r.err = buckets.err
	}
	for r.err == nil && len(r.b) > 0 {
		kind, property := r.property()
		if r.err == nil && (kind != propertyExperimenter || g.SelectionMethod != "") {
			r.fail("the property %d of a group is not known, or there twice", kind)
		}
		g.decodeSelection(&property)
		if r.err == nil {
			r.err = property.err
		}
	}
}

// decodeSelection reads how a select group chooses.
func (g *Group) decodeSelection(r *reader) {
	if e, kind := r.u32(), r.u32(); r.err == nil && (e != netronome || kind != 1) {
		r.fail("the experimenter %#08x with the property %d is not known", e, kind)
	}
	r.zeros(4)
	g.SelectionMethod = r.name(selectionMethodMax + 1)
	g.SelectionParam = r.u64()
	if r.err == nil && g.SelectionMethod == "" {
		r.fail("a selection method has no name")
	}
	for r.err == nil && len(r.b) > 0 {
		e, rest, err := decodeField(r.b)
		if err == nil && e.Mask != e.Field.Mask() {
			err = decodeErrorf("the selection by %s has a mask", e.Field)
		}
		r.b, r.err = rest, err
		g.SelectionFields = append(g.SelectionFields, MatchField{Field: e.Field, Mask: e.Value})
	}
}

// bucket reads a bucket.
func (r *reader) bucket(t GroupType) Bucket {
	u := Bucket{Weight: defaultWeight(t), WatchPort: PortAny, WatchGroup: GroupAny}
	n, actions := int(r.u16()), int(r.u16())
	if r.err == nil && n < 8+actions {
		r.fail("a bucket of %d bytes has actions of %d bytes", n, actions)
	}
	content := reader{b: r.take(n - 4)}
	u.ID = content.u32()
	list := content.take(actions)
	if r.err != nil {
		return u
	}
	u.Actions, content.err = DecodeActions(list)
	for content.err == nil && len(content.b) > 0 {
		kind, property := content.property()
		switch kind {
		case bucketWeight:
			u.Weight = property.u16()
			property.zeros(2)
		case bucketWatchPort:
			u.WatchPort = property.port()
		case bucketWatchGroup:
			u.WatchGroup = property.u32()
		default:
			content.fail("the property %d of a bucket is not known", kind)
		}
		if content.err == nil {
			content.err = property.end()
		}
	}
	r.err = within("bucket", content.err)
	return u
}
