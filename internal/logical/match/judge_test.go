package match

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
	"woven/internal/logical/lex"
	"woven/internal/logical/symbol"
)

// judge evaluates matches on packets, straight from their syntax.
type judge struct {
	world *world
	trees map[string]*judged
}

type judged struct {
	reading
	root *node
}

func (j *judge) tree(t *testing.T, text string) *judged {
	if found := j.trees[text]; found != nil {
		return found
	}
	tree := &judged{}
	root, err := tree.open(text)
	if err != nil {
		require.NoError(t, err, text)
	}
	tree.root = root
	j.trees[text] = tree
	return tree
}

func (j *judge) holds(t *testing.T, text string, p packet) bool {
	tree := j.tree(t, text)
	return j.node(t, tree, tree.root, p)
}

func (j *judge) node(t *testing.T, tree *judged, n *node, p packet) bool {
	switch n.op {
	case opTrue:
		return n.value
	case opResident:
		return contains(j.world.bound, tree.tokens[tree.slots[n.slot].first].Text) == n.value
	case opAll:
		for _, part := range n.parts {
			if !j.node(t, tree, part, p) {
				return false
			}
		}
		return true
	case opAny:
		for _, part := range n.parts {
			if j.node(t, tree, part, p) {
				return true
			}
		}
		return false
	}
	s := n.field.symbol
	if s.Prerequisite != "" && !j.isEmpty(tree, n) && !j.holds(t, s.Prerequisite, p) {
		return false
	}
	any := n.relation == lex.Equal || isOrder(n.relation) && n.negated
	for _, c := range j.constants(tree, n) {
		if j.compare(t, n, p, c) == any {
			return any
		}
	}
	return !any
}

// constants are those that a field is compared with, sets and groups spelled out. Ports are their
// keys; one that is not known equals no packet's.
func (j *judge) constants(tree *judged, n *node) (all []lex.Token) {
	if n.slot == noSlot {
		return []lex.Token{{Kind: lex.Integer}}
	}
	for i := tree.slots[n.slot].first; i < tree.slots[n.slot].last; i++ {
		switch token := tree.tokens[i]; token.Kind {
		case lex.Comma:
		case lex.String:
			key, known := j.world.keys[token.Text]
			if !known {
				key = 1 << 30
			}
			all = append(all, lex.Token{Kind: lex.Integer, Value: openflow.U64(uint64(key))})
		case lex.AddressSet, lex.PortGroup:
			elements, _ := j.world.elements(setKind(n, &token), token.Text)
			for _, element := range elements {
				constant, _ := readElement(element)
				all = append(all, *constant)
			}
		default:
			all = append(all, token)
		}
	}
	return all
}

func (j *judge) isEmpty(tree *judged, n *node) bool { return len(j.constants(tree, n)) == 0 }

// compare compares what a packet has with a constant.
func (j *judge) compare(t *testing.T, n *node, p packet, c lex.Token) bool {
	s := n.field.symbol
	var have uint64
	if s.Predicate != "" {
		if j.holds(t, s.Predicate, p) {
			have = 1
		}
	} else {
		base, offset := s.Base()
		have = baseValue(base, p).Shr(offset + n.field.offset).Lo
	}
	width := n.field.bits
	if s.IsPort() {
		width = 32
	}
	mask := openflow.Ones(width).Lo
	if c.Kind == lex.Masked {
		mask &= c.Mask.Lo
	}
	have, want := have&mask, c.Value.Lo&mask
	switch n.relation {
	case lex.Equal:
		return have == want
	case lex.NotEqual:
		return have != want
	case lex.Less:
		return have < want
	case lex.LessEqual:
		return have <= want
	case lex.Greater:
		return have > want
	}
	return have >= want
}

// baseValue is a field of a packet, put together if it is a wide register.
func baseValue(base *symbol.Symbol, p packet) openflow.U128 {
	if base.Field == openflow.XXReg(0) {
		return openflow.U128{Hi: p[openflow.Reg(0)]<<32 | p[openflow.Reg(1)],
			Lo: p[openflow.Reg(2)]<<32 | p[openflow.Reg(3)]}
	}
	return openflow.U64(p[base.Field])
}
