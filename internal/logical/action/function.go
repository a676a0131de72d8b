package action

import (
	"sync"

	"woven/bridge/openflow"
	"woven/engine/function"
	"woven/internal/logical/lex"
	"woven/relations"
)

// The types that signatures are written with.
var (
	text   = relations.T(relations.String)
	number = relations.T(relations.Number)
	texts  = relations.ListOf(text)
)

func column(n string, t relations.Type) relations.Column { return relations.Column{Name: n, Type: t} }

// actions is the first column of all predicates.
var actions = column("Actions", text)

// circumstances are the columns that say where and in which circumstances actions are carried out.
var circumstances = []relations.Column{actions, column("Pipeline", text), column("Table", number),
	column("DatapathType", text), column("Values", texts)}

// circumstancesDoc explains them.
const circumstancesDoc = `Pipeline is "ingress" or "egress", Table the logical table, DatapathType ` +
	`"switch" or "router"; Values has what :action_needs asks for, as texts "KIND NAME VALUE".`

// Add registers the functions and predicates of actions.
func Add(r *function.Registry) {
	r.AddFunc(prerequisiteFunction(), textFunction())
	r.AddPredicate(needsPredicate(), errorPredicate(), groupsPredicate(), expandErrorPredicate())
}

func prerequisiteFunction() *function.Func {
	return &function.Func{Name: "fn:action_prerequisite", Params: []relations.Type{text}, Result: text,
		Doc: "What the actions demand of packets, as a match such as ip4 && udp; an empty text if it is " +
			"nothing, or if there is an error in the actions.",
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			prerequisite := ""
			understood(s, args[0], func(p *Program, _ *scratch) { prerequisite = p.Prerequisite() })
			return s.String(prerequisite)
		}}
}

func textFunction() *function.Func {
	f := &function.Func{Name: "fn:action_text", Result: text,
		Doc: `The actions in OpenFlow, as ovs-ofctl dump-flows writes them, "drop" if there are none; an ` +
			"empty text if there is an error, which :action_error or :action_expand_error tells. " +
			circumstancesDoc + ` Groups are used by the ids in Values, "group TEXT ID".`,
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			result := s.String("")
			compiled(s, args, func(e *encoder, _ *lex.Error, c *scratch) {
				if e != nil {
					c.text = openflow.AppendActionText(c.text[:0], e.out)
					result = s.Bytes(c.text)
				}
			})
			return result
		}}
	for _, c := range circumstances {
		f.Params = append(f.Params, c.Type)
	}
	return f
}

func needsPredicate() *function.Predicate {
	return &function.Predicate{Name: ":action_needs", In: []relations.Column{actions},
		Out: []relations.Column{column("Kind", text), column("Name", text)},
		Doc: `What the actions depend on besides their text. Kind is "port" (the key of the port or ` +
			`multicast group), "tunnel_port" (the OpenFlow port of the tunnel to a port's chassis), ` +
			`"meter" (the id of the meter), "rate_limit" (the id of this flow's own meter; the name is ` +
			`the meter's text), "controller_meter" (the id of the meter for packets to the controller), ` +
			`"dhcp_option" and "dhcpv6_option" (its code and type, with a blank between them), ` +
			`"collector_set" (whether Flow_Sample_Collector_Set has this id), "capability" (what ` +
			`capabilities of the datapath says), "snat_ct_zone" (whether the router has that option), ` +
			`"cookie" or "datapath_key". Where a flow has only one of a kind, the name is x.`,
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			understood(s, in[0], func(p *Program, _ *scratch) {
				needs, _ := p.Needs() // an error is :action_error's
				for _, n := range needs {
					emit([]relations.Value{s.String(n.Kind), s.String(n.Name)})
				}
			})
		}}
}

func errorPredicate() *function.Predicate {
	return &function.Predicate{Name: ":action_error", In: []relations.Column{actions},
		Out: []relations.Column{column("Why", text)},
		Doc: "What is wrong with the actions, where, and what to write instead.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			err := understood(s, in[0], nil)
			if err != nil {
				emit([]relations.Value{s.String(err.Error())})
			}
		}}
}

func groupsPredicate() *function.Predicate {
	return &function.Predicate{Name: ":action_groups", In: circumstances,
		Out: []relations.Column{column("GroupText", text)},
		Doc: "The groups that the actions use, as ovs-ofctl dump-groups writes them behind the id. " +
			circumstancesDoc,
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			compiled(s, in, func(e *encoder, _ *lex.Error, _ *scratch) {
				if e == nil {
					return
				}
				for _, g := range e.groups {
					emit([]relations.Value{s.String(g)})
				}
			})
		}}
}

func expandErrorPredicate() *function.Predicate {
	return &function.Predicate{Name: ":action_expand_error", In: circumstances,
		Out: []relations.Column{column("Why", text)},
		Doc: "Why actions that are right by themselves cannot be carried out, such as next in the last " +
			"table, or an option of DHCP that is not known. " + circumstancesDoc,
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			compiled(s, in, func(_ *encoder, err *lex.Error, _ *scratch) {
				if err != nil {
					emit([]relations.Value{s.String(err.Error())})
				}
			})
		}}
}

// understood reads actions and visits them if there is no error in them, with memory for the visit.
func understood(s *relations.Store, value relations.Value, visit func(*Program, *scratch)) *lex.Error {
	c := scratches.Get().(*scratch)
	defer c.put()
	p := Program{text: s.TextOf(value)}
	err := p.parse(c.tokens[:0])
	if p.tokens != nil {
		c.tokens = p.tokens
	}
	if err == nil && visit == nil {
		_, err = p.encode(Place{}, nil)
	}
	if err == nil && visit != nil {
		visit(&p, c)
	}
	return err
}

// compiled compiles actions and visits the result, or the error that the circumstances make.
func compiled(s *relations.Store, in []relations.Value, visit func(*encoder, *lex.Error, *scratch)) {
	understood(s, in[0], func(p *Program, c *scratch) {
		at := Place{Egress: s.TextOf(in[1]) == "egress", Table: int(s.Int(in[2])),
			Router: s.TextOf(in[3]) == "router"}
		e, err := p.encode(at, &Values{load: func() []string { return textsOf(s, in[4]) }})
		if err != nil {
			e = nil
		}
		visit(e, err, c)
	})
}

func textsOf(s *relations.Store, list relations.Value) []string {
	elements := s.Elements(list)
	texts := make([]string, len(elements))
	for i, v := range elements {
		texts[i] = s.TextOf(v)
	}
	return texts
}

// scratch is memory that a call needs for a short time.
type scratch struct {
	tokens []lex.Token
	text   []byte
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// scratchLimit is the most tokens or bytes that are kept for the next call.
const scratchLimit = 16384

// put keeps the memory for the next call.
func (c *scratch) put() {
	if cap(c.tokens) > scratchLimit {
		c.tokens = nil
	}
	if cap(c.text) > scratchLimit {
		c.text = nil
	}
	scratches.Put(c)
}
