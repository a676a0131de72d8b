package ovsdb

import (
	"fmt"
	"maps"
	"slices"
	"sync"
)

// where is a table's list of conditions, encoded when it was set so that its errors are told there.
type where struct {
	json    string // empty for none
	columns []string
}

func newWhere(list []Condition) (where, error) {
	if len(list) == 0 {
		return where{}, nil
	}
	text, err := appendConditions(nil, list)
	if err != nil {
		return where{}, err
	}
	result := where{json: string(text)}
	for i := range list {
		if column := list[i].Column; column != "" && column != "_uuid" {
			result.columns = append(result.columns, column)
		}
	}
	return result, nil
}

// conditions are the monitor conditions that are wanted and those that are in force. Any goroutine
// may change what is wanted; the rest belongs to the session's goroutine.
type conditions struct {
	mutex    sync.Mutex
	wanted   map[string]where // by table, an entry for each
	sequence uint64           // counts the changes of wanted, from 1 for the configured ones

	applied         map[string]string // what the sink's rows were selected by, as sent
	appliedSequence uint64
	asked           map[string]string // what is being asked for
	askedSequence   uint64
	asking          bool   // a monitor_cond_change is in flight
	refused         uint64 // a sequence that the server refused, not to be asked for again
	told            uint64 // the last sequence that was reported as in force or refused
}

func newConditions(requests []TableRequest) (*conditions, error) {
	c := &conditions{wanted: map[string]where{}, sequence: 1}
	for _, request := range requests {
		if _, twice := c.wanted[request.Table]; twice {
			return nil, fmt.Errorf("table %s is requested twice", request.Table)
		}
		encoded, err := newWhere(request.Where)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", request.Table, err)
		}
		c.wanted[request.Table] = encoded
	}
	return c, nil
}

// set changes what is wanted, and returns the sequence of the change.
func (c *conditions) set(changes map[string][]Condition) (uint64, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	next := maps.Clone(c.wanted)
	for table, list := range changes {
		before, known := next[table]
		if !known {
			return 0, fmt.Errorf("conditions for table %s, which is not monitored", table)
		}
		encoded, err := newWhere(list)
		if err != nil {
			return 0, fmt.Errorf("table %s: %w", table, err)
		}
		if encoded.json != before.json {
			next[table] = encoded
		}
	}
	changed := !maps.EqualFunc(c.wanted, next, func(a, b where) bool { return a.json == b.json })
	if changed {
		c.wanted = next
		c.sequence++
	}
	return c.sequence, nil
}

// current is what is wanted now, in terms of the server's schema: a condition on a column that the
// server lacks cannot be sent, and all rows are asked for instead.
func (c *conditions) current(m *monitor) (map[string]string, uint64) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	texts := map[string]string{}
	for name, wanted := range c.wanted {
		table := m.tables[name]
		if table == nil || wanted.json == "" {
			continue
		}
		lacks := func(column string) bool { return table.Columns[column] == nil }
		if !slices.ContainsFunc(wanted.columns, lacks) {
			texts[name] = wanted.json
		}
	}
	return texts, c.sequence
}

// forRequest chooses the conditions of a monitor request: those in force if the server shall only
// tell what changed since, else those wanted.
func (c *conditions) forRequest(m *monitor) map[string]string {
	if m.lastTransaction.IsZero() {
		c.asked, c.askedSequence = c.current(m)
	} else {
		c.asked, c.askedSequence = c.applied, c.appliedSequence
	}
	if m.method == methodPlain {
		return nil
	}
	return c.asked
}

// disconnected reports whether a change was in flight, so that it is unknown what is in force.
func (c *conditions) disconnected() bool {
	wasAsking := c.asking
	c.asking, c.refused = false, 0
	return wasAsking
}

// conditionsInForce notes that the sink's rows are selected by what was asked for.
func (l *loop) conditionsInForce() {
	c := l.data.conditions
	c.applied, c.appliedSequence = c.asked, c.askedSequence
	l.tellConditions(c.appliedSequence, nil)
}

// tellConditions reports a sequence once.
func (l *loop) tellConditions(sequence uint64, err error) {
	c := l.data.conditions
	if sequence <= c.told {
		return
	}
	c.told = sequence
	l.status.ConditionsAcked = sequence
	l.publish()
	if l.config.Events.Conditions != nil {
		l.config.Events.Conditions(sequence, err)
	}
}

// syncConditions asks for the wanted conditions unless they are in force or asked for already.
func (l *loop) syncConditions() {
	m := &l.data
	c := m.conditions
	if m.state != monitorActive || c.asking || l.drop != nil {
		return
	}
	wanted, sequence := c.current(m)
	if sequence == c.appliedSequence || sequence == c.refused {
		return
	}
	c.asked, c.askedSequence = wanted, sequence
	params := c.appendChanges(append([]byte(nil), '['), m)
	if params == nil || m.method == methodPlain {
		l.conditionsInForce()
		return
	}
	c.asking = true
	id := m.id
	l.request("monitor_cond_change", params, func(reply envelope) error {
		if id != m.id {
			return nil // monitoring began anew since, with what is wanted
		}
		c.asking = false
		if name, details, refused := parseError(reply.failure); refused {
			err := fmt.Errorf("the server refuses the monitor conditions: %s: %s", name, details)
			l.log.Warn("monitor conditions refused", "error", err)
			c.refused = c.askedSequence
			l.tellConditions(c.askedSequence, err)
		} else {
			l.conditionsInForce()
		}
		l.syncConditions()
		return nil
	})
}

// appendChanges completes the parameters of monitor_cond_change; nil if nothing differs.
func (c *conditions) appendChanges(b []byte, m *monitor) []byte {
	b = append(appendName(b, m.id), ',')
	b = append(appendName(b, m.id), `,{`...)
	count := 0
	for _, request := range m.requests {
		text := c.asked[request.Table]
		if m.tables[request.Table] == nil || text == c.applied[request.Table] {
			continue
		}
		if text == "" {
			text = "[true]"
		}
		b = appendName(appendComma(b, count), request.Table)
		b = append(append(append(b, `:[{"where":`...), text...), `}]`...)
		count++
	}
	if count == 0 {
		return nil
	}
	return append(b, `}]`...)
}
