package openflow

import "strings"

// parseBucket reads a bucket and adds it.
func (g *Group) parseBucket(p piece) error {
	u := Bucket{Weight: defaultWeight(g.Type), WatchPort: PortAny, WatchGroup: GroupAny}
	numbered := false
	rest := p.trim()
	for rest.text != "" {
		name, value, isOption := bucketOption(rest)
		if !isOption {
			break
		}
		if name.text == "actions" {
			rest = value
			break
		}
		value, rest = value.next()
		if err := u.parseOption(name, value.trim()); err != nil {
			return err
		}
		numbered = numbered || name.text == "bucket_id"
		rest = rest.trim()
	}
	actions, err := parseActions(piece{strings.TrimRight(rest.text, ", \t\r\n"), rest.at}, 0)
	if err != nil {
		return err
	}
	u.Actions = actions
	if !numbered {
		u.ID = bucketUnnumbered
	}
	if g.Type == GroupFastFailover && u.WatchPort == PortAny && u.WatchGroup == GroupAny {
		return p.errorf("a bucket of an ff group needs watch_port or watch_group")
	}
	if g.Type != GroupSelect && u.Weight != 0 {
		return p.errorf("only buckets of select groups have weights")
	}
	g.Buckets = append(g.Buckets, u)
	return nil
}

// bucketOption is the option that the text begins with, if it does.
func bucketOption(p piece) (name, value piece, ok bool) {
	name, value, ok = p.option()
	switch name.text {
	case "bucket_id", "weight", "watch_port", "watch_group", "actions":
		return name, value, ok
	}
	return name, value, false
}

func (u *Bucket) parseOption(name, value piece) (err error) {
	var n uint64
	switch name.text {
	case "bucket_id":
		n, err = value.number(0xffffff00)
		u.ID = uint32(n)
	case "weight":
		u.Weight, err = value.number16()
	case "watch_port":
		u.WatchPort, err = parsePort(value)
	case "watch_group":
		n, err = value.number(0xffffff00)
		u.WatchGroup = uint32(n)
	}
	return err
}

// bucketUnnumbered is the id of a bucket that was given none yet.
const bucketUnnumbered = 0xffffffff

// numberBuckets gives buckets without an id the least that are free. It is false if two buckets have
// the same id, which it then returns.
func (g *Group) numberBuckets() (twice uint32, ok bool) {
	taken := make(map[uint32]bool, len(g.Buckets))
	for i := range g.Buckets {
		id := g.Buckets[i].ID
		if id == bucketUnnumbered {
			continue
		}
		if taken[id] {
			return id, false
		}
		taken[id] = true
	}
	free := uint32(0)
	for i := range g.Buckets {
		if g.Buckets[i].ID != bucketUnnumbered {
			continue
		}
		for taken[free] {
			free++
		}
		g.Buckets[i].ID = free
		free++
	}
	return 0, true
}
