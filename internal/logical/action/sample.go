package action

import (
	"strconv"

	"woven/bridge/openflow"
	"woven/internal/logical/lex"
)

// sample(probability=65535, collector_set=1, obs_domain=0, obs_point=$cookie); sends some packets
// to a collector of flow statistics (IPFIX).

// sample is that action. What is 0 is not given; the defaults are 0 too.
type sample struct {
	at                                     place
	probability, collectors, domain, point place
	cookie                                 bool // whether the point is the cookie of the flow
}

func analyseSample(c *call) operation {
	const form = "sample(probability=65535, collector_set=1, obs_domain=0, obs_point=$cookie)"
	o := sample{at: c.at}
	c.named(form, func(name string, at place, value *operand) {
		switch name {
		case "probability":
			o.probability = c.decimal(value)
		case "collector_set":
			o.collectors = c.decimal(value)
		case "obs_domain":
			o.domain = c.decimal(value)
		case "obs_point":
			o.point, o.cookie = c.observationPoint(value)
		default:
			c.fail(at, "the arguments are probability, collector_set, obs_domain and obs_point: %s", form)
		}
	})
	if o.probability == 0 {
		c.fail(c.at, "the probability is missing: %s", form)
	}
	return o
}

// observationPoint reads a number or $cookie, which looks like an address set.
func (c *call) observationPoint(value *operand) (number place, cookie bool) {
	if value.Constant != nil && c.simple(value) {
		t := &c.tokens[at(*value.Constant)]
		if t.Kind == lex.AddressSet && t.Text == "cookie" {
			return 0, true
		}
	}
	return c.decimal(value), false
}

// Without the collectors on this host nothing is sampled.
func (o sample) encode(e *encoder) {
	s := openflow.Sample{Probability: uint16(e.small(o.probability, 1, 65535, "the probability"))}
	if o.collectors != 0 {
		s.CollectorSet = uint32(e.token(o.collectors).Value.Lo)
	}
	if o.domain != 0 {
		s.ObservationDomain = uint32(e.small(o.domain, 0, 255, "obs_domain")) << 24
	}
	if o.point != 0 {
		s.ObservationPoint = uint32(e.token(o.point).Value.Lo)
	}
	if o.cookie {
		s.ObservationPoint, _ = e.number("cookie", single)
	}
	key, _ := e.number("datapath_key", single)
	s.ObservationDomain |= key & 0xffffff
	_, ok := e.lookup("collector_set", strconv.FormatUint(uint64(s.CollectorSet), 10))
	if ok {
		e.emit(s)
	}
}
