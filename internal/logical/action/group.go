package action

import (
	"cmp"
	"slices"
	"strings"

	"woven/bridge/openflow"
)

// The groups of OpenFlow with which ct_lb, select and fwd_group choose.

// group has the packet treated by a group.
func (e *encoder) group(g *openflow.Group) {
	const unnumbered = "group_id=0,"
	text := g.String()[len(unnumbered):]
	e.groups = append(e.groups, text)
	if e.trial() {
		return
	}
	if id, ok := e.number("group", text); ok {
		e.emit(openflow.OutputGroup{ID: id})
	}
}

// bucket is one choice of a group.
func bucket(id, weight int, actions ...openflow.Action) openflow.Bucket {
	return openflow.Bucket{ID: uint32(id), Weight: uint16(weight), WatchPort: openflow.PortAny,
		WatchGroup: openflow.GroupAny, Actions: actions}
}

// hashFields are the fields of OpenFlow with these names, with commas between them.
func (e *encoder) hashFields(p place) (list []openflow.MatchField) {
	for name := range strings.SplitSeq(e.token(p).Text, ",") {
		f := openflow.FieldByName(strings.TrimSpace(name))
		if f == 0 {
			e.fail(p, "%q is no field of OpenFlow: write names as in ovs-fields(7), such as ip_src", name)
			return nil
		}
		list = append(list, openflow.MatchField{Field: f, Mask: f.Mask()})
	}
	slices.SortFunc(list, func(a, b openflow.MatchField) int { return cmp.Compare(a.Field, b.Field) })
	return slices.CompactFunc(list, func(a, b openflow.MatchField) bool { return a.Field == b.Field })
}
