package action

import (
	"github.com/alecthomas/participle/v2/lexer"

	"woven/bridge/openflow"
	"woven/internal/logical/lex"
)

// Load balancing: ct_lb and ct_lb_mark.

// balance translates the destination to one of several backends.
type balance struct {
	at       place
	mark     bool // whether ct_mark says that the connection is balanced, else ct_label
	backends []backend
	hash     place // of the names of the fields that decide, 0 for the datapath's own hash
	// flag is set in the mark beside the one for balanced connections, 0 for none.
	flag uint64
}

type backend struct{ address, port place }

// The bits of ct_mark and ct_label that say how the rest of a connection is treated.
const (
	markNATted    = 1 << 1
	markSkipSNAT  = 1 << 2
	markForceSNAT = 1 << 3
)

const balanceForm = `(backends=10.0.0.1:80,10.0.0.2:80; hash_fields="ip_src,ip_dst"; skip_snat)`

func analyseBalance(mark bool) func(*call) operation {
	return func(c *call) operation {
		o := balance{at: c.at, mark: mark}
		if c.arguments != nil {
			c.balance(&o)
		}
		return o
	}
}

// balance reads the arguments: backends, then, each after a semicolon, fields to hash and a flag.
func (c *call) balance(o *balance) {
	list := c.arguments.List
	for i := 0; i < len(list) && c.fault == nil; {
		end := i + 1
		for end < len(list) && !isSemicolon(list[end-1].Separator) {
			end++
		}
		c.balancePart(o, i == 0, list[i:end])
		i = end
	}
	if n := len(list); n > 0 && isSemicolon(list[n-1].Separator) {
		c.fail(at(*list[n-1].Separator), "nothing follows this semicolon: leave it out")
	}
}

func isSemicolon(t *lexer.Token) bool { return t != nil && t.Value == ";" }

// balancePart reads what stands between semicolons.
func (c *call) balancePart(o *balance, first bool, part []*argument) {
	key := part[0].Key
	switch {
	case first:
		if key == nil || key.Value != "backends" {
			c.fail(part[0].at(), "the first argument is backends: %s%s", c.name, balanceForm)
			return
		}
		if part[0].KeyValue != nil {
			o.backends = append(o.backends, c.backend(part[0].KeyValue))
		} else if len(part) > 1 || part[0].Separator != nil && !isSemicolon(part[0].Separator) {
			c.fail(at(*key), "the first backend is missing: %s%s", c.name, balanceForm)
		}
		for _, g := range part[1:] {
			if g.Key != nil {
				c.fail(g.at(), "a semicolon has to stand before this: %s%s", c.name, balanceForm)
				return
			}
			o.backends = append(o.backends, c.backend(g.Value))
		}
	case part[0].Separator != nil && !isSemicolon(part[0].Separator):
		c.fail(at(*part[0].Separator), "a semicolon has to be written here: %s%s", c.name, balanceForm)
	case len(part) > 1:
		c.fail(part[1].at(), "a semicolon has to stand before this: %s%s", c.name, balanceForm)
	case key != nil && key.Value == "hash_fields" && o.hash == 0 && o.flag == 0:
		if part[0].KeyValue == nil {
			part[0].KeyValue = &operand{}
		}
		o.hash = c.quoted(part[0].KeyValue)
	case key == nil && o.flag == 0:
		o.flag = c.balanceFlag(part[0].Value)
	default:
		c.fail(part[0].at(), "this does not belong here: %s%s", c.name, balanceForm)
	}
}

func (c *call) balanceFlag(o *operand) uint64 {
	switch c.word(o, "skip_snat or force_snat") {
	case "skip_snat":
		return markSkipSNAT
	case "force_snat":
		return markForceSNAT
	}
	c.fail(o.at(), "skip_snat or force_snat has to be written here")
	return 0
}

// backend reads ADDRESS, ADDRESS:PORT or [ADDRESS]:PORT.
func (c *call) backend(o *operand) (b backend) {
	plain := *o
	if o.Port != nil {
		b.port, plain.Port = at(*o.Port), nil
	}
	bracketed := o.Bracket != nil
	if bracketed {
		plain.Constant = o.Bracket
	}
	b.address = c.address(&plain)
	if is6 := c.tokens[b.address].Format == lex.IPv6; c.fault == nil && is6 != bracketed &&
		(bracketed || o.Port != nil) {
		c.fail(b.address, "brackets stand around an IPv6 address with a port, and around nothing else")
	}
	return b
}

func (o balance) encode(e *encoder) {
	if len(o.backends) == 0 {
		trackNext{at: o.at, nat: true}.encode(e)
		return
	}
	g := openflow.Group{Type: openflow.GroupSelect, SelectionMethod: "dp_hash"}
	if o.hash != 0 {
		g.SelectionMethod, g.SelectionFields = "hash", e.hashFields(o.hash)
	}
	table, zone := e.next(o.at), e.zone()
	marks := o.marks()
	for _, b := range o.backends {
		nat := &openflow.NAT{Destination: true, Min: e.address(b.address)}
		if b.port != 0 {
			nat.PortMin = uint16(e.small(b.port, 0, 65535, "a port"))
		}
		g.Buckets = append(g.Buckets, bucket(len(g.Buckets), 100, openflow.CT{Commit: true,
			Table: table, ZoneSource: zone, NAT: nat, Exec: marks}))
	}
	e.group(&g)
}

// marks are what is remembered of a balanced connection.
func (o balance) marks() []openflow.Action {
	f := openflow.FieldCTLabel
	if o.mark {
		f = openflow.FieldCTMark
	}
	marks := []openflow.Action{setBits(f, markNATted)}
	if o.flag != 0 {
		marks = append(marks, setBits(f, o.flag))
	}
	return marks
}

// setBits sets bits of a field.
func setBits(f openflow.Field, bits uint64) openflow.Action {
	return openflow.SetField{Field: f, Value: openflow.U64(bits), Mask: openflow.U64(bits)}
}
