package flows

import (
	"woven/bridge/openflow"
	"woven/bridge/openflow/conn"
)

// heldGroups are the groups of a switch.
type heldGroups struct {
	groups []openflow.Group
	large  []uint32 // those of which no more is known than their numbers
}

// readGroups asks for the groups of a switch. done is called once, by the link's session.
func readGroups(link *conn.Link, done func(heldGroups, error)) {
	var sizes []groupSize
	collect(link, groupSizesRequest{}, func(body []byte) error {
		more, err := decodeGroupSizes(body)
		sizes = append(sizes, more...)
		return err
	}, func(err error) {
		if err != nil {
			done(heldGroups{}, err)
			return
		}
		describeGroups(link, sizes, done)
	})
}

// describeGroups asks for the groups that are small enough: all at once if all are.
func describeGroups(link *conn.Link, sizes []groupSize, done func(heldGroups, error)) {
	var held heldGroups
	ids := []uint32{}
	for _, size := range sizes {
		if size.buckets <= bucketsTold {
			ids = append(ids, size.id)
		} else {
			held.large = append(held.large, size.id)
		}
	}
	if len(held.large) == 0 {
		ids = []uint32{openflow.AllGroups}
	}
	waits := len(ids)
	var failure error
	for _, id := range ids {
		collect(link, openflow.GroupsRequest{ID: id}, func(body []byte) error {
			more, err := openflow.DecodeGroups(body)
			held.groups = append(held.groups, more...)
			return err
		}, func(err error) {
			if failure == nil {
				failure = err
			}
			if waits--; waits == 0 {
				done(held, failure)
			}
		})
	}
	if waits == 0 {
		done(held, nil)
	}
}
