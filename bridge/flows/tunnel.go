package flows

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"woven/bridge/openflow"
	"woven/bridge/tables"
	"woven/relations"
)

// tunnelIndexes is how many tun_metadata fields there are.
const tunnelIndexes = 64

// tunnelAttempts is how often a tunnel option is asked for when another controller was faster.
const tunnelAttempts = 5

// optionKey is a fact of tunnel_option.
type optionKey struct{ class, kind, length int64 }

type tunnelState uint8

const (
	tunnelUnknown tunnelState = iota // what the switch has is to be asked
	tunnelAsked                      // it was asked
	tunnelAdding                     // the switch was told to have more
	tunnelKnown                      // options is what the switch has
)

// tunnel is about the Geneve options that the switch has as fields of packets.
type tunnel struct {
	wanted map[optionKey]bool
	// options are the switch's, fields are their lengths for encoding. They stay when the
	// connection is lost, until the switch has said what it has then.
	options  []openflow.TunnelOption
	fields   *openflow.TunnelMap
	state    tunnelState
	attempts int
	xid      uint32 // of the last message that added some
	without  bool   // the switch does not do it: go on without
	isSaid   bool   // the rules have been told
}

// take takes in a fact of tunnel_option.
func (t *tunnel) take(store *relations.Store, row []relations.Value, came bool) {
	key := optionKey{store.Int(row[0]), store.Int(row[1]), store.Int(row[2])}
	if came {
		t.wanted[key] = true
	} else {
		delete(t.wanted, key)
	}
	t.attempts, t.without, t.isSaid = 0, false, false
}

// disconnected forgets what was agreed on.
func (t *tunnel) disconnected() {
	t.state, t.attempts, t.without, t.isSaid = tunnelUnknown, 0, false, false
}

// isSettled reports whether the rules know what the switch can do.
func (t *tunnel) isSettled() bool { return t.state == tunnelKnown && t.isSaid }

// find returns the field that an option is.
func (t *tunnel) find(key optionKey) (openflow.TunnelOption, bool) {
	for _, o := range t.options {
		if (optionKey{int64(o.Class), int64(o.Type), int64(o.Length)}) == key {
			return o, true
		}
	}
	return openflow.TunnelOption{}, false
}

// missing are the options that are wanted and not there, each with the lowest free field.
func (t *tunnel) missing() (missing []openflow.TunnelOption, err error) {
	used := map[uint16]bool{}
	for _, o := range t.options {
		used[o.Index] = true
	}
	for _, key := range t.order() {
		if _, there := t.find(key); there {
			continue
		}
		if key.class>>16 != 0 || key.kind>>8 != 0 || key.length < 4 || key.length > 124 || key.length%4 != 0 {
			return nil, fmt.Errorf("no Geneve option has the class %d, the type %d and %d bytes",
				key.class, key.kind, key.length)
		}
		index := uint16(0)
		for used[index] {
			index++
		}
		if index >= tunnelIndexes {
			return nil, fmt.Errorf("all %d tun_metadata fields of the switch are in use", tunnelIndexes)
		}
		used[index] = true
		missing = append(missing, openflow.TunnelOption{Class: uint16(key.class),
			Type: uint8(key.kind), Length: uint8(key.length), Index: index})
	}
	return missing, nil
}

// order lists what is wanted, the same way each time.
func (t *tunnel) order() []optionKey {
	var list []optionKey
	for key := range t.wanted {
		list = append(list, key)
	}
	slices.SortFunc(list, func(a, b optionKey) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.kind, b.kind),
			cmp.Compare(a.length, b.length))
	})
	return list
}

// negotiate makes the switch have the tunnel options that are wanted, and tells the rules.
func (s *Sink) negotiate() {
	t := &s.tunnel
	switch t.state {
	case tunnelUnknown:
		s.askTunnel()
	case tunnelKnown:
		if t.isSaid {
			return
		}
		missing, err := t.missing()
		switch {
		case t.without || len(missing) == 0 && err == nil:
			s.sayTunnel()
		case err != nil:
			s.giveUpTunnel(err)
		default:
			s.addTunnel(missing)
		}
	}
}

// askTunnel asks the switch for its tunnel options.
func (s *Sink) askTunnel() {
	s.tunnel.state = tunnelAsked
	link := s.link
	_ = link.Request(openflow.TLVTableRequest{}, func(m []byte, _ bool, refused *openflow.Error) {
		var table openflow.TLVTable
		var err error
		if refused != nil {
			err = refused
		} else {
			table, err = openflow.DecodeTLVTable(m)
		}
		s.post(link, func() {
			s.tunnel.state = tunnelKnown
			s.tunnel.options = table.Options
			s.tunnel.fields = openflow.NewTunnelMap(table.Options...)
			s.tunnel.isSaid = false
			if err != nil {
				s.giveUpTunnel(err)
			}
		})
	})
}

// addTunnel makes tunnel options fields, and has it asked anew what there is.
func (s *Sink) addTunnel(options []openflow.TunnelOption) {
	t, link := &s.tunnel, s.link
	t.state = tunnelAdding
	t.attempts++
	// A message about 64 options is not too large.
	t.xid, _ = link.Send(openflow.TLVTableMod{Command: openflow.TLVAdd, Options: options})
	link.Barrier(func(*openflow.Error) {
		s.post(link, func() { t.state = tunnelUnknown })
	})
}

// tunnelFailed takes in that the switch refuses what addTunnel sent. If another controller has just
// done the same, what there is now may be right.
func (s *Sink) tunnelFailed(err *openflow.Error) {
	raced := errors.Is(err, openflow.ErrTLVAlreadyMapped) || errors.Is(err, openflow.ErrTLVDuplicate)
	if !raced || s.tunnel.attempts >= tunnelAttempts {
		s.giveUpTunnel(err)
	}
}

// giveUpTunnel goes on without the tunnel options that are missing, until they change.
func (s *Sink) giveUpTunnel(err error) {
	s.tunnel.without = true
	if len(s.tunnel.wanted) > 0 {
		s.problems.add(problemKey{other: "tunnel_option"}, tables.Problem{Table: "tunnel_option",
			Reason: "the switch cannot have the tunnel option as a field: " + err.Error()})
	}
}

// sayTunnel tells the rules which of the options that they want are which fields.
func (s *Sink) sayTunnel() {
	t := &s.tunnel
	t.isSaid = true
	if !t.without {
		s.problems.solve(problemKey{other: "tunnel_option"})
	}
	s.say(s.program.tunnelField, func() map[fact]bool {
		facts := map[fact]bool{}
		for key := range t.wanted {
			if o, there := t.find(key); there {
				facts[fact{s.store.Number(key.class), s.store.Number(key.kind),
					s.store.Number(key.length), s.store.Number(int64(o.Index))}] = true
			}
		}
		return facts
	})
}
