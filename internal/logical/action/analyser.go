package action

import (
	"slices"
	"strings"

	"woven/internal/logical/lex"
	"woven/internal/logical/symbol"
)

// maxDepth is how deep actions may be nested in braces.
const maxDepth = 31

// operation is one action of which everything is known but its constants and the circumstances.
type operation interface {
	// encode has the encoder do what the action does.
	encode(e *encoder)
}

// analyser finds out what the actions of a template mean. The first fault counts; after it, what
// the analyser returns is of no use but does no harm.
type analyser struct {
	tokens []lex.Token
	fault  *fault
	// scope is where the actions at hand stand, which decides what they may change.
	scope symbol.Scope
	depth int
	// prerequisites are what the actions demand of packets, each once.
	prerequisites []string
}

func (a *analyser) fail(at place, format string, args ...any) {
	if a.fault == nil {
		a.fault = faultf(at, format, args...)
	}
}

// demand notes that actions make sense only for packets of which the expression, the name of a
// condition, is true. "" demands nothing.
func (a *analyser) demand(expression string) {
	if expression != "" && !slices.Contains(a.prerequisites, expression) {
		a.prerequisites = append(a.prerequisites, expression)
	}
}

// demands is all that was demanded, as an expression; "" for nothing.
func (a *analyser) demands() string { return strings.Join(a.prerequisites, " && ") }

// block analyses actions. drop is not one: it says that there are none, and stands alone.
func (a *analyser) block(b *block) []operation {
	var operations []operation
	for _, s := range b.Statements {
		if a.fault != nil {
			return nil
		}
		if s.isBare() && s.Target.Name.Value == "drop" {
			if len(b.Statements) > 1 {
				a.fail(at(s.Target.Name), "drop says that nothing is done and can only stand alone: leave it "+
					"out")
			}
			return nil
		}
		operations = append(operations, a.statement(s))
	}
	return operations
}

// isBare says whether the statement is a name alone.
func (s *statement) isBare() bool {
	return s.Target.Low == nil && s.Exchange == nil && s.Value == nil && !s.Decrement &&
		s.Block == nil && s.Arguments == nil
}

func (a *analyser) statement(s *statement) operation {
	name := at(s.Target.Name)
	switch {
	case s.Exchange != nil:
		return a.exchange(s)
	case s.Value != nil && s.Value.Arguments != nil:
		return a.result(s)
	case s.Value != nil:
		return a.assignment(s)
	case s.Target.Low != nil:
		a.fail(at(*s.Target.Low), "only fields have bits: set them with = or <->")
		return nil
	case s.Decrement:
		return a.decrement(s)
	}
	c := &call{analyser: a, name: s.Target.Name.Value, at: name, arguments: s.Arguments,
		braces: s.Block}
	switch {
	case s.Block != nil:
		c.use = braced
	case s.Arguments != nil:
		c.use = called
	default:
		c.use = bare
	}
	return c.operation()
}

// result analyses an action that sets a field to its result.
func (a *analyser) result(s *statement) operation {
	v := s.Value
	if v.Field.Low != nil {
		a.fail(at(*v.Field.Low), "only fields have bits, but an action with arguments stands here")
		return nil
	}
	c := &call{analyser: a, name: v.Field.Name.Value, at: at(v.Field.Name), use: resulting,
		arguments: v.Arguments}
	c.target = a.field(&s.Target)
	return c.operation()
}

func (a *analyser) decrement(s *statement) operation {
	if s.Target.Name.Value != "ip.ttl" {
		a.fail(at(s.Target.Name), "only ip.ttl can be decremented")
	}
	a.notInCommit(at(s.Target.Name))
	a.demand("ip")
	return decrementTTL{}
}

// notInCommit refuses what cannot be done while a connection is committed.
func (a *analyser) notInCommit(at place) {
	if a.scope == symbol.InCTCommit {
		a.fail(at, "within ct_commit { } ct_mark and ct_label can be set with =, and nothing else be done")
	}
}

// nested analyses the actions in braces. With a prerequisite of their own, what the actions inside
// demand does not matter: they are for another packet.
func (a *analyser) nested(b *braces, prerequisite string, scope symbol.Scope) []operation {
	if a.depth == maxDepth {
		a.fail(at(b.Open), "actions can be nested %d deep at most", maxDepth)
		return nil
	}
	inner := analyser{tokens: a.tokens, scope: scope, depth: a.depth + 1}
	operations := inner.block(&b.Body)
	a.fault = inner.fault
	if prerequisite != "" {
		return operations
	}
	for _, p := range inner.prerequisites {
		a.demand(p)
	}
	return operations
}
