package openflow

import "strings"

// moreKeywords are the words of ovs-ofctl(8) that a dump does not use.
var moreKeywords = []keyword{
	{"ipv4", etherIPv4, 0}, {"ip4", etherIPv4, 0}, {"ip6", etherIPv6, 0},
	{"icmp4", etherIPv4, protoICMP}, {"tcp4", etherIPv4, protoTCP}, {"udp4", etherIPv4, protoUDP},
	{"sctp4", etherIPv4, protoSCTP}, {"icmpv6", etherIPv6, protoICMPv6},
}

// keywordByName finds keywords.
var keywordByName = map[string]*keyword{}

func init() {
	for _, list := range [][]keyword{keywords, moreKeywords} {
		for i := range list {
			keywordByName[list[i].word] = &list[i]
		}
	}
}

// sharedNames are the names in matches that mean one of several fields, by the protocol.
var sharedNames = []struct {
	name   string
	fields []Field
}{
	{"tp_src", []Field{FieldTCPSrc, FieldUDPSrc, FieldSCTPSrc}},
	{"tp_dst", []Field{FieldTCPDst, FieldUDPDst, FieldSCTPDst}},
	{"icmp_type", []Field{FieldICMPv4Type, FieldICMPv6Type}},
	{"icmp_code", []Field{FieldICMPv4Code, FieldICMPv6Code}},
}

// shared is what a match asks of a shared name, until the protocol is known.
type shared struct {
	name        int // in sharedNames
	at          piece
	value, mask U128
}

// matchParser reads a match.
type matchParser struct {
	match   Match
	waiting [4]shared
	waits   int
}

// ParseMatch reads a match as dump-flows writes it, or with the aliases of ovs-ofctl(8); an empty
// text is the match of all packets. No field may be asked for two values, and what it needs has to be
// asked for too, as "tcp" for tcp_dst. The error is a *ParseError.
func ParseMatch(text string) (Match, error) { return parseMatch(piece{text, 0}) }

func parseMatch(p piece) (Match, error) {
	parser := matchParser{match: make(Match, 0, 8)}
	for rest := p.trim(); rest.text != ""; {
		var item piece
		if item, rest = rest.nextItem(); item.text == "" {
			continue
		}
		if err := parser.item(item.cutByte('=')); err != nil {
			return nil, err
		}
	}
	return parser.finish(p)
}

// nextItem is what is before and after the next comma or blank.
func (p piece) nextItem() (item, rest piece) {
	for i := range len(p.text) {
		if c := p.text[i]; c == ',' || blank(c) {
			return p.to(i), p.from(i + 1)
		}
	}
	return p, p.from(len(p.text))
}

// item reads a keyword, or a name and a value.
func (mp *matchParser) item(name, value piece, found bool) error {
	if !found {
		return mp.word(name)
	}
	f := byFieldName[name.text]
	switch {
	case f == FieldTCPSrc || f == FieldTCPDst || f == FieldICMPv4Type || f == FieldICMPv4Code:
		for i := range sharedNames {
			if sharedNames[i].name == name.text {
				return mp.wait(i, name, value)
			}
		}
	case f == 0:
		return mp.vlan(name, value)
	case f == FieldNDReserved || f == FieldNDOptionsType:
		return name.errorf("matches cannot ask for %s", f)
	}
	v, mask, err := f.parseValue(value, true)
	if err != nil {
		return err
	}
	return mp.add(name, f, v, mask)
}

// word reads a name without a value: a protocol, or a tunnel option that has to be there.
func (mp *matchParser) word(p piece) error {
	if k := keywordByName[p.text]; k != nil {
		if err := mp.add(p, FieldEthType, U64(uint64(k.ether)), Ones(16)); err != nil {
			return err
		}
		if k.proto != 0 {
			return mp.add(p, FieldIPProto, U64(uint64(k.proto)), Ones(8))
		}
		return nil
	}
	if f := byFieldName[p.text]; f.isTunnelMetadata() {
		return mp.add(p, f, U128{}, U128{})
	}
	if byFieldName[p.text] != 0 {
		return p.errorf("a value is missing: write %s=VALUE", p.text)
	}
	return p.errorf("neither a protocol nor FIELD=VALUE: the fields are in ovs-fields(7)")
}

// add asks for a field that was not asked for yet.
func (mp *matchParser) add(at piece, f Field, value, mask U128) error {
	if have, ok := mp.match.asks(f, value, mask); ok {
		if have.Field == f && have.Value == value && have.Mask == mask.And(f.significant()) {
			return nil
		}
		return at.errorf("%s is asked for twice", have.Field)
	}
	if f == FieldVLANTCI && !encodableTag(value.Lo, mask.Lo) {
		return at.errorf("OpenFlow 1.5 cannot ask for this VLAN priority: write dl_vlan_pcp=...")
	}
	if f == FieldCTNwProto && value.IsZero() {
		return at.errorf("the protocol of a connection is not 0")
	}
	if f == FieldIPTOS && value.Lo&3 != 0 {
		return at.errorf("nw_tos is a multiple of 4: write nw_ecn for the lowest two bits")
	}
	if f == FieldIPTOS {
		mask = U64(0xfc)
	}
	mp.match.Set(f, value, mask)
	return nil
}

// encodableTag says whether OpenFlow 1.5 can ask for bits of a VLAN tag: the priority as a whole, and
// only if there is a tag. What asks for the tag 0 asks for no tag.
func encodableTag(value, mask uint64) bool {
	switch mask & vlanPCP {
	case 0:
		return true
	case vlanPCP:
		return value&vlanPresent != 0 || value == 0 && mask&vlanPresent != 0
	}
	return false
}

// asks says whether a match asks for the field already, and what. The parts of a VLAN tag may be
// asked for one by one.
func (m Match) asks(f Field, value, mask U128) (MatchField, bool) {
	if len(m) == 0 || m[len(m)-1].Field < f && f <= FieldTCPFlags {
		return MatchField{}, false
	}
	var asked Match
	asked.Set(f, value, mask)
	for _, e := range asked {
		have, ok := m.Get(e.Field)
		if !ok {
			continue
		}
		both := have.Mask.And(e.Mask)
		agree := have.Value.And(both) == e.Value.And(both)
		if e.Field != FieldVLANTCI || !agree || both.Lo&^vlanPresent != 0 {
			return have, true
		}
	}
	return MatchField{}, false
}

// vlan reads the names that mean parts of a VLAN tag and are no fields.
func (mp *matchParser) vlan(name, value piece) error {
	switch name.text {
	case "dl_vlan":
		v, err := value.number(0xffff)
		switch {
		case err != nil:
			return err
		case v == 0xffff:
			return mp.add(name, FieldVLANTCI, U128{}, Ones(16))
		case v > vlanVID:
			return value.errorf("a VLAN is 0 to 4095, or 0xffff for packets without a tag")
		}
		return mp.tag(name, v, vlanVID)
	case "dl_vlan_pcp":
		v, err := value.number(7)
		if err != nil {
			return err
		}
		return mp.tag(name, v<<13, vlanPCP)
	}
	return name.errorf("no field has this name: they are in ovs-fields(7)")
}

// tag asks for a part of the VLAN tag, which has to be there.
func (mp *matchParser) tag(name piece, value, part uint64) error {
	return mp.add(name, FieldVLANTCI, U64(value|vlanPresent), U64(part|vlanPresent))
}

// wait keeps what is asked of a shared name.
func (mp *matchParser) wait(name int, at, p piece) error {
	for _, w := range mp.waiting[:mp.waits] {
		if w.name == name {
			return at.errorf("%s is asked for twice", sharedNames[name].name)
		}
	}
	v, mask, err := sharedNames[name].fields[0].parseValue(p, true)
	if err != nil {
		return err
	}
	mp.waiting[mp.waits] = shared{name, at, v, mask}
	mp.waits++
	return nil
}

// finish gives the shared names their fields, and checks that each field has what it needs.
func (mp *matchParser) finish(p piece) (Match, error) {
	for _, w := range mp.waiting[:mp.waits] {
		var field Field
		for _, f := range sharedNames[w.name].fields {
			if mp.match.meets(fields[f].need) {
				field = f
			}
		}
		if field == 0 {
			return nil, w.at.errorf("%s needs a protocol: write one of %s before it",
				sharedNames[w.name].name, needsOf(sharedNames[w.name].fields))
		}
		if err := mp.add(w.at, field, w.value, w.mask); err != nil {
			return nil, err
		}
	}
	for i := range mp.match {
		f := mp.match[i].Field
		if need := fields[f].need; need != needNothing && !mp.match.meets(need) {
			return nil, p.find(f).errorf("%s needs %s in the match", f, needTexts[need])
		}
	}
	if len(mp.match) == 0 {
		return nil, nil
	}
	return mp.match, nil
}

// find is the part of the text that names the field, or all of it.
func (p piece) find(f Field) piece {
	for _, name := range []string{fields[f].name, fields[f].alias, fields[f].inText} {
		if i := strings.Index(p.text, name); name != "" && i >= 0 {
			item, _ := p.from(i).nextItem()
			return item
		}
	}
	return p
}

func needsOf(list []Field) string {
	var texts []string
	for _, f := range list {
		texts = append(texts, needTexts[fields[f].need])
	}
	return strings.Join(texts, ", ")
}
