package ovsdb

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// monitorMethods are the ways to monitor, the best first. Servers that lack one refuse it.
var monitorMethods = []string{"monitor_cond_since", "monitor_cond", "monitor"}

// The indexes of monitorMethods.
const (
	methodSince = iota
	methodConditional
	methodPlain
)

// monitorState is how far a monitor is.
type monitorState uint8

const (
	monitorIdle monitorState = iota
	monitorRequested
	monitorActive
)

// monitor is one set of monitored tables of one database.
type monitor struct {
	database   string
	requests   []TableRequest
	sink       Sink
	conditions *conditions // nil for none

	// What is known of the present connection.
	state   monitorState
	id      string // differs for each time that monitoring begins
	method  int    // index of monitorMethods
	schema  *Schema
	tables  map[string]*MonitoredTable
	missing []string

	// What stays over connections.
	selection       string // the tables and columns of the last request
	lastTransaction UUID   // what the sink has seen; zero if the server cannot resume from it
	delivered       bool   // the sink has seen a snapshot
}

// disconnected forgets what is known of the connection.
func (m *monitor) disconnected() {
	m.state, m.id, m.method = monitorIdle, "", methodSince
	if m.conditions != nil && m.conditions.disconnected() {
		// Whether the rows of the new conditions arrived is unknown.
		m.lastTransaction = UUID{}
	}
}

// useSchema cuts the requested tables and columns to what the server has.
func (m *monitor) useSchema(schema *Schema) {
	m.schema = schema
	m.tables = map[string]*MonitoredTable{}
	m.missing = nil
	for index, request := range m.requests {
		table := schema.Tables[request.Table]
		if table == nil {
			m.missing = append(m.missing, request.Table)
			continue
		}
		monitored := &MonitoredTable{Table: table, Index: index, columns: map[string]monitoredColumn{}}
		for columnIndex, name := range request.Columns {
			if column := table.Columns[name]; column != nil {
				monitored.columns[name] = monitoredColumn{Column: column, index: columnIndex}
			} else {
				m.missing = append(m.missing, request.Table+"."+name)
			}
		}
		m.tables[request.Table] = monitored
	}
	selection := string(m.appendRequests(nil, nil))
	if selection != m.selection {
		// A difference that another selection's server tells would lack columns.
		m.selection, m.lastTransaction = selection, UUID{}
	}
}

// appendRequests appends the object of monitor requests with the conditions given by table.
func (m *monitor) appendRequests(b []byte, where map[string]string) []byte {
	b = append(b, '{')
	first := true
	for _, request := range m.requests {
		table := m.tables[request.Table]
		if table == nil {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = appendName(b, request.Table)
		b = append(b, `:[{"columns":[`...)
		separate := 0
		for _, name := range request.Columns {
			if _, known := table.columns[name]; known {
				b = appendName(appendComma(b, separate), name)
				separate++
			}
		}
		b = append(b, ']')
		if text := where[request.Table]; text != "" {
			b = append(append(b, `,"where":`...), text...)
		}
		b = append(b, `}]`...)
	}
	return append(b, '}')
}

// startMonitor asks for a monitor's first copy, or for what changed since the last one. When it is
// there, whenReady is called.
func (l *loop) startMonitor(m *monitor, whenReady func() error) {
	l.monitorCount++
	m.id = m.database + " " + strconv.Itoa(l.monitorCount)
	m.state = monitorRequested
	l.requestMonitor(m, whenReady)
}

// requestMonitor sends the request by the monitor's method, and takes the next one if it is refused.
func (l *loop) requestMonitor(m *monitor, whenReady func() error) {
	if m.method != methodSince {
		m.lastTransaction = UUID{}
	}
	var where map[string]string
	if m.conditions != nil {
		where = m.conditions.forRequest(m)
	}
	params := append([]byte(nil), '[')
	params = append(appendName(params, m.database), ',')
	params = append(appendName(params, m.id), ',')
	params = m.appendRequests(params, where)
	if m.method == methodSince {
		params, _ = m.lastTransaction.AppendText(append(params, `,"`...))
		params = append(params, '"')
	}
	params = append(params, ']')
	id, form := m.id, formDiff
	if m.method == methodPlain {
		form = formOldNew
	}
	l.request(monitorMethods[m.method], params, func(reply envelope) error {
		if id != m.id {
			return nil // monitoring began anew since
		}
		if name, details, refused := parseError(reply.failure); refused {
			if m.method == methodPlain {
				return fmt.Errorf("the server refuses to monitor database %s: %s %s", m.database, name, details)
			}
			l.log.Debug("monitor method refused", "method", monitorMethods[m.method], "error", name)
			m.method++
			l.requestMonitor(m, whenReady)
			return nil
		}
		if err := l.firstCopy(m, reply.result, form); err != nil {
			return err
		}
		m.state = monitorActive
		return whenReady()
	})
}

// firstCopy reads the answer to a monitor request.
func (l *loop) firstCopy(m *monitor, result []byte, form updateForm) error {
	d := l.decoder(m, result, form)
	found, transaction := false, UUID{}
	if m.method == methodSince {
		d.expect('[')
		found = d.boolean()
		d.expect(',')
		transaction = d.uuidText()
		d.expect(',')
	}
	kind := BatchSnapshot
	switch {
	case found && m.delivered:
		kind = BatchUpdate
	case m.delivered:
		kind = BatchResync
	}
	d.initial = kind != BatchUpdate
	if err := l.deliver(m, d, kind, transaction, m.method == methodSince); err != nil {
		return err
	}
	m.delivered = true
	return nil
}

// decoder prepares the session's decoder for what concerns a monitor.
func (l *loop) decoder(m *monitor, bytes []byte, form updateForm) *decoder {
	d := &l.updates
	d.scanner = scanner{bytes: bytes}
	d.tables, d.sink, d.form, d.initial = m.tables, m.sink, form, false
	return d
}

// deliver hands the updates that the decoder stands before to the sink. An array around them ends
// after them.
func (l *loop) deliver(m *monitor, d *decoder, kind BatchKind, transaction UUID, inArray bool) error {
	if d.failure == nil {
		m.sink.Begin(Batch{Kind: kind, Schema: m.schema, Transaction: transaction})
		d.updates()
		if inArray {
			d.expect(']')
		}
		if d.failure == nil && d.peek() != 0 {
			d.fail("something follows the updates")
		}
		if d.failure == nil {
			m.sink.End()
			m.lastTransaction = transaction
			return nil
		}
		m.sink.Abort()
	}
	m.lastTransaction = UUID{}
	return fmt.Errorf("malformed update of database %s: %w", m.database, d.failure)
}

// updateNotification reads an update, update2 or update3 notification.
func (l *loop) updateNotification(params []byte, form updateForm, hasTransaction bool) error {
	d := scanner{bytes: params}
	d.expect('[')
	id := string(d.text())
	d.expect(',')
	if d.failure != nil {
		return fmt.Errorf("malformed update: %w", d.failure)
	}
	m := l.monitorByID(id)
	if m == nil {
		l.log.Debug("update of an unknown monitor", "monitor", abbreviate(id))
		return nil
	}
	if m.state != monitorActive {
		return errors.New("the server sent an update before the first copy")
	}
	decoder := l.decoder(m, params, form)
	decoder.at = d.at
	var transaction UUID
	if hasTransaction {
		transaction = decoder.uuidText()
		decoder.expect(',')
	}
	return l.deliver(m, decoder, BatchUpdate, transaction, true)
}

// monitorByID finds the monitor that a notification names.
func (l *loop) monitorByID(id string) *monitor {
	all := []*monitor{&l.data, &l.server.monitor}
	if i := slices.IndexFunc(all, func(m *monitor) bool { return m.id != "" && m.id == id }); i >= 0 {
		return all[i]
	}
	return nil
}
