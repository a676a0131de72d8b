package action

import (
	"woven/bridge/openflow"
	"woven/internal/logical/lex"
)

// Program is a text of actions that was understood: all that is known of it without circumstances.
type Program struct {
	text     string
	tokens   []lex.Token
	template *template
}

// Parse reads actions. An error says where in the text it is and what to write instead.
func Parse(text string) (*Program, error) {
	p := &Program{text: text}
	if err := p.parse(nil); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Program) parse(buffer []lex.Token) *lex.Error {
	tokens, err := lex.Scan(buffer, p.text)
	if err != nil {
		return err
	}
	p.tokens, p.template = tokens, templates.get(tokens)
	if f := p.template.fault; f != nil {
		return f.in(p.text, tokens)
	}
	return nil
}

// Prerequisite is what the actions demand of packets, as an expression of the language of matches:
// conditions with && between them, "" if there is none.
func (p *Program) Prerequisite() string { return p.template.prerequisite }

// Check looks at the constants. Circumstances may still make actions impossible.
func (p *Program) Check() error {
	if _, err := p.encode(Place{}, nil); err != nil {
		return err
	}
	return nil
}

// Needs are the circumstances that the actions depend on, each once, in the order of their first
// use. Groups are not among them.
func (p *Program) Needs() ([]Need, error) {
	e, err := p.encode(Place{}, nil)
	if err != nil {
		return nil, err
	}
	return e.needs, nil
}

// Compiled are actions as OpenFlow has them.
type Compiled struct {
	// Actions are what the switch does; what needs a group that Values has no id for is left out.
	Actions []openflow.Action
	// Groups are the groups that the actions use, as dump-groups of ovs-ofctl(8) writes them behind
	// the id, in the order of their use.
	Groups []string
}

// Compile makes OpenFlow actions of the program, for a flow at a place and in circumstances. An
// error says what cannot be done there.
func (p *Program) Compile(at Place, values *Values) (*Compiled, error) {
	e, err := p.encode(at, values)
	if err != nil {
		return nil, err
	}
	return &Compiled{Actions: e.out, Groups: e.groups}, nil
}

// encode runs an encoder. Without values it is a trial.
func (p *Program) encode(at Place, values *Values) (*encoder, *lex.Error) {
	e := &encoder{Place: at, tokens: p.tokens, known: values,
		out: make([]openflow.Action, 0, len(p.template.operations))}
	e.run(p.template.operations)
	e.checkSize()
	if e.fault != nil {
		return e, e.fault.in(p.text, p.tokens)
	}
	return e, nil
}

// maxSize is how many bytes of actions are possible: OpenFlow's messages have 64 KiB at most.
const maxSize = 64000

// fewActions have fewer bytes than that: an action is seldom larger than some hundred bytes, and
// those that can be are checked where they are made.
const fewActions = 16

func (e *encoder) checkSize() {
	if e.fault != nil || len(e.out) <= fewActions && len(e.tokens) < maxSize/100 {
		return
	}
	if n := len(openflow.AppendActions(nil, e.out, nil)); n > maxSize {
		e.fail(0, "these actions have %d bytes in OpenFlow, more than %d are not possible", n, maxSize)
	}
}
