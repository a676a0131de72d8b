package action

import (
	"math"

	"woven/bridge/openflow"
)

// Traffic and its size: set_queue, set_meter, check_pkt_larger.

// setQueue chooses the queue for packets that leave the host.
type setQueue struct{ queue place }

// maxQueue is the highest number of a queue (lib/ovn-util.h).
const maxQueue = 61440

// setMeter limits the rate of what reaches it.
type setMeter struct {
	rate, burst place // in kilobits a second, and in kilobits; no burst is 0
}

// packetLarger sets a bit to whether the packet is longer than a number of bytes.
type packetLarger struct {
	target field
	length place
}

func analyseSetQueue(c *call) operation { return setQueue{c.decimal(c.exactly(1, "QUEUE")[0])} }

func analyseSetMeter(c *call) operation {
	n := min(max(len(c.arguments.List), 1), 2)
	given := c.exactly(n, "RATE, BURST")
	o := setMeter{rate: c.decimal(given[0])}
	if n > 1 {
		o.burst = c.decimal(given[1])
	}
	return o
}

func analysePacketLarger(c *call) operation {
	return packetLarger{c.write(c.target, 1), c.decimal(c.exactly(1, "BYTES")[0])}
}

func (o setQueue) encode(e *encoder) {
	e.emit(openflow.SetQueue{Queue: uint32(e.small(o.queue, 0, maxQueue, "a queue"))})
}

// The need is the text of the meter. Every logical flow has a meter of its own even if its text is
// that of another's; the rules see to that, as they know the flow.
func (o setMeter) encode(e *encoder) {
	m := openflow.Meter{Flags: openflow.MeterKbps | openflow.MeterStats}
	band := openflow.MeterBand{Type: openflow.BandDrop, Rate: e.rate(o.rate)}
	if band.Rate == 0 {
		e.fail(o.rate, "a rate is a number of kilobits a second, 1 at least")
	}
	if o.burst != 0 {
		if band.BurstSize = e.rate(o.burst); band.BurstSize != 0 {
			m.Flags |= openflow.MeterBurst
		}
	}
	m.Bands = []openflow.MeterBand{band}
	const unnumbered = "meter=0 "
	id, ok := e.number("rate_limit", m.String()[len(unnumbered):])
	if ok && !e.trial() {
		e.emit(openflow.ApplyMeter{ID: id})
	}
}

func (e *encoder) rate(p place) uint32 {
	v := e.token(p).Value
	if v.Hi != 0 || v.Lo > math.MaxUint32 {
		e.fail(p, "this is more than a meter can have: %d is the most", uint32(math.MaxUint32))
	}
	return uint32(v.Lo)
}

// As in the reference, only the lowest 16 bits of the length count.
func (o packetLarger) encode(e *encoder) {
	n := e.small(o.length, 0, math.MaxInt32, "a length")
	e.emit(openflow.CheckPacketLarger{Length: uint16(n), Destination: o.target.subfield})
}
