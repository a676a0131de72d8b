package match

import (
	"bytes"
	"strconv"
	"strings"

	"woven/bridge/openflow"
	"woven/internal/logical/lex"
)

// A pattern is a match as dump-flows spells it, with words in the places of what is not known yet:
// %m for the datapath (metadata), %c for the conjunction (conj_id), and %e with the name of a field
// for the element of a set that the field has to equal, such as %e:nw_src.
const (
	datapathWord    = "%m"
	conjunctionWord = "%c"
	elementWord     = "%e:"
)

// appendPattern spells a match on a datapath, with the id of a conjunction if there is one, and with
// an element in the field element if that is not 0.
func appendPattern(b []byte, m openflow.Match, conjunction bool, element openflow.Field) []byte {
	// What stands where is known to the printer alone, so that it prints something in the places.
	full := append(make(openflow.Match, 0, 16), m...)
	full.SetExact(openflow.FieldMetadata, openflow.U64(1))
	if conjunction {
		full.SetExact(openflow.FieldConjID, openflow.U64(1))
	}
	if element != 0 {
		full.SetExact(element, openflow.U64(1))
	}
	var buffer [256]byte
	text := full.Append(buffer[:0])
	for len(text) > 0 {
		word, rest, more := bytes.Cut(text, []byte{','})
		name, _, _ := bytes.Cut(word, []byte{'='})
		switch {
		case string(name) == "metadata":
			b = append(b, datapathWord...)
		case string(name) == "conj_id":
			b = append(b, conjunctionWord...)
		case element != 0 && string(name) == element.MatchName():
			b = append(append(b, elementWord...), name...)
		default:
			b = append(b, word...)
		}
		if more {
			b = append(b, ',')
		}
		text = rest
	}
	return b
}

// AppendText completes a pattern with the key of a datapath, the id of a conjunction and an element
// of a set, whichever of them the pattern has a place for. It returns false, and b as it was, if the
// element fits the field as little as an IPv6 address fits ip4.src.
func AppendText(b []byte, pattern string, datapath uint64, conjunction uint32,
	element string) ([]byte, bool) {
	start := len(b)
	for pattern != "" {
		word, rest, _ := strings.Cut(pattern, ",")
		pattern = rest
		before := len(b)
		if before > start {
			b = append(b, ',')
		}
		switch {
		case word == datapathWord:
			b = strconv.AppendUint(append(b, "metadata=0x"...), datapath, 16)
		case word == conjunctionWord:
			b = strconv.AppendUint(append(b, "conj_id="...), uint64(conjunction), 10)
		case strings.HasPrefix(word, elementWord):
			m, fits := elementMatch(openflow.FieldByName(word[len(elementWord):]), element)
			if !fits {
				return b[:start], false
			}
			if len(m) == 0 { // an element that equals everything
				b = b[:before]
			}
			b = m.Append(b)
		default:
			b = append(b, word...)
		}
	}
	return b, true
}

// elementMatch is the comparison of a field with an element of an address set, or of a port's
// register with a key.
func elementMatch(f openflow.Field, element string) (openflow.Match, bool) {
	t, ok := readElement(element)
	if !ok || t.Bits() > f.Bits() {
		return nil, false
	}
	mask := openflow.Ones(f.Bits())
	if t.Kind == lex.Masked {
		mask = t.Mask
	}
	var m openflow.Match
	m.Set(f, t.Value, mask)
	return m, true
}
