package openflow

func parseSample(c call) (Action, error) {
	p, err := c.parentheses()
	if err != nil {
		return nil, err
	}
	var a Sample
	for rest := p; rest.text != ""; {
		var item piece
		item, rest = rest.next()
		if err := a.parseArgument(item.trim()); err != nil {
			return nil, err
		}
	}
	if a.Probability == 0 {
		return nil, c.whole.errorf("sample needs probability=..., 1 to 65535")
	}
	return a, nil
}

// parseArgument reads one argument of a sample action.
func (a *Sample) parseArgument(p piece) (err error) {
	name, value, _ := p.option()
	var n uint64
	switch name.text {
	case "probability":
		a.Probability, err = value.number16()
	case "collector_set_id":
		n, err = value.number(0xffffffff)
		a.CollectorSet = uint32(n)
	case "obs_domain_id":
		n, err = value.number(0xffffffff)
		a.ObservationDomain = uint32(n)
	case "obs_point_id":
		n, err = value.number(0xffffffff)
		a.ObservationPoint = uint32(n)
	case "sampling_port":
		a.SamplingPort, err = parsePort(value)
		if err == nil && a.SamplingPort == 0 {
			err = value.errorf("ports are numbered from 1")
		}
		if a.SamplingPort == PortAny {
			a.SamplingPort = 0
		}
	case "ingress":
		a.Direction = SampleIngress
	case "egress":
		a.Direction = SampleEgress
	default:
		err = name.errorf("sample has probability, collector_set_id, obs_domain_id, obs_point_id, " +
			"sampling_port, ingress and egress")
	}
	return err
}
