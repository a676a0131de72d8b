package match

import (
	"woven/bridge/openflow"
	"woven/internal/logical/lex"
)

// setElements visits the comparison of a field with each element of a set or group.
func (l *lowering) setElements(n *node, at *lex.Token, opposite bool, add func(*formula)) {
	kind := setKind(n, at)
	if !l.values.knows(kind, at.Text) {
		l.fail(at, "there is no "+setNoun(at)+" of this name")
		return
	}
	l.values.each(kind, at.Text, func(e *entry) bool {
		switch {
		case e.hasValue && e.value == everything:
			add(l.symbolicSet(n, at, kind))
		case e.hasValue && at.Kind == lex.PortGroup:
			add(l.forge.equal(n.field.symbol, equality{openflow.U64(e.key()), openflow.Ones(128)}))
		case e.hasValue:
			if t, fits := l.element(n, at, e.value); fits {
				add(l.one(n, t, opposite))
			}
		}
		return l.err == nil
	})
}

func setNoun(t *lex.Token) string {
	if t.Kind == lex.PortGroup {
		return "port group"
	}
	return "address set"
}

func (l *lowering) fail(at *lex.Token, why string) {
	if l.err == nil {
		l.err = lex.At(l.text, at, "%s", why)
	}
}

// element reads an element of an address set. It does not fit if it has more bits than the field,
// as the elements of sets that mix IPv4 and IPv6 addresses.
func (l *lowering) element(n *node, at *lex.Token, value string) (*lex.Token, bool) {
	t, ok := readElement(value)
	if !ok || t.Bits() > n.field.symbol.Width {
		return nil, false
	}
	if err := l.checkNumber(n, t, at); err != nil && l.err == nil {
		l.err = err
	}
	return t, l.err == nil
}

// readElement reads an element of an address set. As in the reference, only its first token counts.
func readElement(value string) (*lex.Token, bool) {
	tokens, err := lex.Scan(nil, value)
	if err != nil && len(tokens) < 2 {
		return nil, false
	}
	t := &tokens[0]
	return t, t.Kind == lex.Integer || t.Kind == lex.Masked
}

// symbolicSet is the comparison with a set that is not spelled out.
func (l *lowering) symbolicSet(n *node, at *lex.Token, kind string) *formula {
	if l.symbolic == nil {
		l.symbolic = l.ownSets(l.root, l.expansions)
	}
	if !l.symbolic[n.slot] {
		l.fail(at, "the elements of this set have to be given: it is no alternative of its own here")
		return alwaysFalse
	}
	x := l.forge.new()
	*x = formula{form: formSet, only: n.field.symbol, set: &setName{kind, at.Text}}
	return x
}
