package flows

import (
	"encoding/binary"
	"errors"

	"woven/bridge/openflow"
)

// Open vSwitch up to 3.1 ends itself when it is to describe a group whose description exceeds a
// message, or all groups when there is one. Statistics of groups say how many buckets each has, and
// are small; so groups are asked for in two steps.

// bucketsTold is how many buckets a group has at most whose description is asked for. A bucket of
// OVN's has less than half of the room that is left for each.
const bucketsTold = 270

// bucketsMax is how many buckets a group may have, so that its statistics fit into a message.
const bucketsMax = 4000

// multipartGroupStats is the type of the request for the statistics of groups (OFPMP_GROUP_STATS).
const multipartGroupStats = 6

// groupSizesRequest asks for the statistics of all groups.
type groupSizesRequest struct{}

// Append implements [openflow.Message]. The request is like the one for descriptions.
func (groupSizesRequest) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b, err := openflow.GroupsRequest{ID: openflow.AllGroups}.Append(b, xid)
	if err == nil {
		binary.BigEndian.PutUint16(b[start+openflow.HeaderLen:], multipartGroupStats)
	}
	return b, err
}

// groupSize says how many buckets a group has.
type groupSize struct {
	id      uint32
	buckets int
}

// decodeGroupSizes reads a part of the answer: of each group a length, an id, and then counters
// (OpenFlow 1.5.1, 7.3.5.10).
func decodeGroupSizes(b []byte) (list []groupSize, err error) {
	const fixed, bucket = 40, 16 // bytes
	for len(b) > 0 {
		n := 0
		if len(b) >= fixed {
			n = int(binary.BigEndian.Uint16(b))
		}
		if n < fixed || n > len(b) || (n-fixed)%bucket != 0 {
			return list, errors.New("the statistics of groups have another form than expected")
		}
		list = append(list, groupSize{binary.BigEndian.Uint32(b[4:]), (n - fixed) / bucket})
		b = b[n:]
	}
	return list, nil
}
