package openflow

import (
	"fmt"
	"strings"
)

// flagSet names the bits of a field, the lowest first.
type flagSet struct {
	names []string
	all   uint64 // the mask that covers the field whole
}

var (
	ctStateFlags = flagSet{[]string{"new", "est", "rel", "rpl", "inv", "trk", "snat", "dnat"}, 0xff}
	tcpFlags     = flagSet{[]string{"fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr", "ns",
		"[200]", "[400]", "[800]"}, 0xfff}
	tunnelFlags = flagSet{[]string{"oam"}, 1}
)

// flags are the names of the bits of a field, if they have names.
func (f Field) flags() *flagSet {
	switch fields[f].form {
	case formCTState:
		return &ctStateFlags
	case formTCPFlags:
		return &tcpFlags
	case formTunnelFlags:
		return &tunnelFlags
	}
	return nil
}

// append appends the flags that are set, "new|trk", or if the mask is not whole all that the mask
// has, "+trk-new".
func (s *flagSet) append(b []byte, value, mask uint64) []byte {
	if mask&s.all == s.all {
		if value&s.all == 0 {
			return append(b, '0')
		}
		separate := false
		for i, name := range s.names {
			if value>>i&1 == 0 {
				continue
			}
			if separate {
				b = append(b, '|')
			}
			b, separate = append(b, name...), true
		}
		return b
	}
	return s.appendEach(b, value, mask)
}

// appendEach appends all flags of the mask with their values.
func (s *flagSet) appendEach(b []byte, value, mask uint64) []byte {
	for i, name := range s.names {
		if mask>>i&1 == 0 {
			continue
		}
		if value>>i&1 == 1 {
			b = append(b, '+')
		} else {
			b = append(b, '-')
		}
		b = append(b, name...)
	}
	return b
}

// parse reads what append writes.
func (s *flagSet) parse(text string) (value, mask U128, err error) {
	if text != "" && text[0] != '+' && text[0] != '-' {
		for name := range strings.SplitSeq(text, "|") {
			bit, err := s.bit(name)
			if err != nil {
				return U128{}, U128{}, err
			}
			value.Lo |= bit
		}
		return value, U64(s.all), nil
	}
	for text != "" {
		end := 1 + strings.IndexAny(text[1:]+"+", "+-")
		bit, err := s.bit(text[1:end])
		if err != nil {
			return U128{}, U128{}, err
		}
		if mask.Lo&bit != 0 {
			return U128{}, U128{}, fmt.Errorf("%q is asked for twice", text[1:end])
		}
		mask.Lo |= bit
		if text[0] == '+' {
			value.Lo |= bit
		}
		text = text[end:]
	}
	return value, mask, nil
}

func (s *flagSet) bit(name string) (uint64, error) {
	for i, n := range s.names {
		if n == name {
			return 1 << i, nil
		}
	}
	return 0, fmt.Errorf("%q is no flag: write +flag or -flag, of %s", name,
		strings.Join(s.names, ", "))
}
