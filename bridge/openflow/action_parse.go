package openflow

import "strings"

// depthMax is how deep actions may be nested in others, by clone and ct.
const depthMax = 64

// call is an action that is being read: name, name:argument or name(argument)tail.
type call struct {
	whole, name, argument, tail piece
	mark                        byte // ':', '(' or 0
	depth                       int
}

// actionParsers read the actions whose text begins with a name.
var actionParsers map[string]func(call) (Action, error)

func init() {
	actionParsers = map[string]func(call) (Action, error){
		"output": parseOutput, "group": parseOutputGroup, "set_queue": parseSetQueue,
		"meter": parseApplyMeter, "pop_queue": word(PopQueue{}),
		"set_field": parseSetField, "load": parseLoad, "move": parseMove, "push": parsePush,
		"pop": parsePop, "delete_field": parseDeleteField,
		"push_vlan": parsePushVLAN, "pop_vlan": word(PopVLAN{}), "strip_vlan": word(PopVLAN{}),
		"push_mpls": parsePushMPLS, "pop_mpls": parsePopMPLS, "dec_mpls_ttl": word(DecMPLSTTL{}),
		"set_mpls_ttl": parseSetMPLSTTL, "dec_ttl": parseDecTTL, "mod_nw_ttl": parseSetTTL,
		"resubmit": parseResubmit, "clone": parseClone, "conjunction": parseConjunction,
		"note": parseNote, "exit": word(Exit{}), "check_pkt_larger": parseCheckPacketLarger,
		"ct": parseCT, "ct_clear": word(CTClear{}), "learn": parseLearn,
		"controller": parseController, "CONTROLLER": parseController,
		"bundle": parseBundle, "bundle_load": parseBundle, "multipath": parseMultipath,
		"sample": parseSample,
	}
	for name, f := range modifiedFields {
		actionParsers[name] = parseModify(f)
	}
}

// ParseActions reads actions as dump-flows writes them after "actions=", or with the aliases of
// ovs-actions(7); "drop" and an empty text are no actions. The error is a *ParseError.
func ParseActions(text string) ([]Action, error) { return parseActions(piece{text, 0}, 0) }

func parseActions(p piece, depth int) ([]Action, error) {
	p = p.trim()
	if p.text == "drop" || p.text == "" {
		return nil, nil
	}
	if depth > depthMax {
		return nil, p.errorf("actions are nested more than %d deep", depthMax)
	}
	actions := make([]Action, 0, 4)
	for rest := p; rest.text != ""; {
		var item piece
		item, rest = rest.next()
		if item = item.trim(); item.text == "" {
			continue
		}
		a, err := parseAction(item, depth)
		if err != nil {
			return nil, err
		}
		actions = append(actions, a)
	}
	return actions, nil
}

func parseAction(p piece, depth int) (Action, error) {
	c, err := newCall(p, depth)
	if err != nil {
		return nil, err
	}
	a, err := c.parse()
	if err != nil {
		return nil, err
	}
	if why := problem(a); why != "" {
		return nil, p.errorf("%s", why)
	}
	return a, nil
}

// parse reads an action by its name, which may be that of a port.
func (c call) parse() (Action, error) {
	if parse := actionParsers[c.name.text]; parse != nil {
		return parse(c)
	}
	if c.name.text == "drop" {
		return nil, c.whole.errorf("drop stands alone: leave it out beside other actions")
	}
	if port, err := parsePort(c.whole); err == nil {
		return outputTo(port), nil
	}
	if parse := actionParsers[strings.ToLower(c.name.text)]; parse != nil {
		return parse(c)
	}
	return nil, c.whole.errorf("no action has this name: they are in ovs-actions(7)")
}

// newCall finds the parts of an action.
func newCall(p piece, depth int) (call, error) {
	c := call{whole: p, name: p, depth: depth}
	i := 0
	for i < len(p.text) && p.text[i] != ':' && p.text[i] != '(' {
		i++
	}
	if i == len(p.text) {
		return c, nil
	}
	c.name, c.mark, c.argument = p.to(i), p.text[i], p.from(i+1)
	if c.mark == ':' {
		return c, nil
	}
	for i, open := 0, 1; i < len(c.argument.text); i++ {
		switch c.argument.text[i] {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				c.argument, c.tail = c.argument.to(i), c.argument.from(i+1)
				return c, nil
			}
		}
	}
	return c, p.errorf("a closing parenthesis is missing")
}

// colon is the argument of an action that is written name:argument.
func (c *call) colon() (piece, error) {
	if c.mark != ':' {
		return piece{}, c.whole.errorf("write it as %s:ARGUMENT", c.name.text)
	}
	return c.argument, nil
}

// parentheses is the argument of an action that is written name(argument), "" if it is only a name.
func (c *call) parentheses() (piece, error) {
	if c.mark == ':' || c.tail.text != "" {
		return piece{}, c.whole.errorf("write it as %s(ARGUMENTS)", c.name.text)
	}
	return c.argument, nil
}

// either is the argument of an action that is written in either way.
func (c *call) either() (piece, error) {
	if c.mark == 0 || c.tail.text != "" {
		return piece{}, c.whole.errorf("write it as %s:ARGUMENT", c.name.text)
	}
	return c.argument, nil
}

// number is the argument of an action that has one number.
func (c *call) number(most uint64) (uint64, error) {
	p, err := c.either()
	if err != nil {
		return 0, err
	}
	return p.number(most)
}

// word reads an action that is a name only.
func word(a Action) func(call) (Action, error) {
	return func(c call) (Action, error) {
		if c.mark != 0 && (c.argument.text != "" || c.tail.text != "") {
			return nil, c.whole.errorf("%s has no argument", c.name.text)
		}
		return a, nil
	}
}

// arrow is what is before and after the last "->" of an argument.
func (p piece) arrow(whole piece) (before, after piece, err error) {
	i := strings.LastIndex(p.text, "->")
	if i < 0 {
		return before, after, whole.errorf("-> and a field are missing")
	}
	return p.to(i), p.from(i + len("->")), nil
}
