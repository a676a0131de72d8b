package pinctrl

import (
	"errors"

	"woven/bridge/openflow"
	"woven/bridge/openflow/conn"
)

// connected asks the switch for packets. It sends them only to a connection that says how much of
// them it wants.
func (s *Sink) connected(link *conn.Link) {
	err := link.Request(openflow.GetConfig{}, func(m []byte, last bool, failure *openflow.Error) {
		s.configure(link, m, failure)
	})
	if err != nil {
		link.Drop(err)
		return
	}
	link.Flush()
}

// configure makes the switch send packets, and treat fragments as it does already.
func (s *Sink) configure(link *conn.Link, answer []byte, failure *openflow.Error) {
	if failure != nil {
		link.Drop(failure)
		return
	}
	config, err := openflow.DecodeConfig(answer)
	if err != nil {
		link.Drop(err)
		return
	}
	config.MissSendLen = 0xffff
	s.send(link, config)
	s.send(link, openflow.SetPacketInFormat{})
	link.Flush()
}

// refused tells of what the switch does not take.
func (s *Sink) refused(_ *conn.Link, _ uint32, err *openflow.Error) {
	s.counts.refused.Add(1)
	s.log.Warn("the switch refuses a packet: " + err.Error())
}

// received takes in a message of the switch, which is a packet or of no interest.
func (s *Sink) received(link *conn.Link, message []byte) {
	if kind, err := openflow.DecodeExperimenter(message); err != nil ||
		kind != openflow.TypePacketIn2 {
		return
	}
	s.counts.packets.Add(1)
	in, err := openflow.DecodePacketIn(message)
	if err != nil {
		s.malformed(err)
		return
	}
	if in.Reason != openflow.ReasonAction {
		return
	}
	err = handle(&in, world{s, link})
	var missing unknown
	switch {
	case errors.As(err, &missing):
		s.counts.unknown.Add(1)
		if !s.missed[missing] {
			s.missed[missing] = true
			s.log.Warn("packets are dropped: " + err.Error())
		}
	case err != nil:
		s.malformed(err)
	}
	link.Flush()
}

// malformed counts a packet that is not as it should be.
func (s *Sink) malformed(err error) {
	s.counts.malformed.Add(1)
	s.log.Warn("a packet is dropped: " + err.Error())
}

// send queues a message, which is never too large for a packet that came in one.
func (s *Sink) send(link *conn.Link, m openflow.Message) {
	if _, err := link.Send(m); err != nil {
		s.malformed(err)
	}
}

// world is what handlers act on.
type world struct {
	s    *Sink
	link *conn.Link
}

func (w world) reply(r *request, packet, actions []byte) error {
	if w.link.Full() {
		// The switch does not take what it is sent; whoever sent the packet may try again.
		w.s.counts.dropped.Add(1)
		return nil
	}
	_, err := w.link.Send(packetOut(r.in, packet, actions))
	return err
}

func (w world) log(line string) { w.s.config.ACLLog.Info(line) }
