package ovsdb

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// negotiate begins a connection: the session says that it can follow changes of schemas, and asks
// for the server's description of itself.
func (l *loop) negotiate() {
	l.negotiating = false
	l.status.Model, l.status.Leader = "", false
	ignore := func(envelope) error { return nil }
	l.request("set_db_change_aware", []byte("[true]"), ignore)
	l.request("get_schema", schemaParams(serverDatabaseName), func(reply envelope) error {
		if _, _, refused := parseError(reply.failure); refused {
			return l.requestSchema() // an old server, without _Server
		}
		schema, err := ParseSchema(reply.result)
		if err != nil {
			return err
		}
		l.server.monitor.useSchema(schema)
		l.startMonitor(&l.server.monitor, l.considerServer)
		return nil
	})
}

// considerServer looks at what the server says of the database: it gives up a server that is not
// fit, and goes on with one that is. It runs after each change of what the server says.
func (l *loop) considerServer() error {
	if l.server.monitor.state != monitorActive {
		return nil
	}
	row := l.server.find(l.config.Database)
	if row == nil {
		return noDatabase(l.config.Database, l.server.names())
	}
	l.status.Model, l.status.Leader = row.model, row.leader
	if err := row.unfit(l.config, l.leastIndex); err != nil {
		return err
	}
	l.leastIndex = max(l.leastIndex, row.index)
	if l.negotiating || l.data.state != monitorIdle {
		return nil
	}
	return l.requestSchema()
}

// requestSchema asks for the database's schema, and then for its rows.
func (l *loop) requestSchema() error {
	l.negotiating = true
	l.request("get_schema", schemaParams(l.config.Database), func(reply envelope) error {
		l.negotiating = false
		if name, details, refused := parseError(reply.failure); refused {
			if name == "unknown database" {
				return noDatabase(l.config.Database, l.server.names())
			}
			return fmt.Errorf("the server does not tell its schema: %s %s", name, details)
		}
		schema, err := ParseSchema(reply.result)
		if err != nil {
			return err
		}
		l.data.useSchema(schema)
		l.status.SchemaVersion, l.status.Missing = schema.Version, l.data.missing
		if len(l.data.missing) > 0 {
			l.log.Info("the server's schema lacks tables or columns",
				"version", schema.Version, "missing", l.data.missing)
		}
		l.startMonitor(&l.data, l.monitoring)
		return nil
	})
	return nil
}

// monitoring is reached when the sink has the first copy.
func (l *loop) monitoring() error {
	if l.goodSince.IsZero() {
		l.goodSince = time.Now()
		l.status.Connections++
		l.log.Info("database connected", "remote", l.remote.String(), "model", l.status.Model,
			"schema", l.data.schema.Version)
	}
	l.setState(StateMonitoring)
	l.conditionsInForce()
	l.syncConditions()
	l.askLock()
	return nil
}

// monitorCanceled reads the notification that a monitor ended, because the database was converted
// to another schema, or is gone. If it is still there, monitoring begins anew.
func (l *loop) monitorCanceled(params []byte) error {
	s := scanner{bytes: params}
	s.expect('[')
	id := string(s.text())
	s.expect(']')
	if s.failure != nil {
		return fmt.Errorf("malformed monitor_canceled notification: %w", s.failure)
	}
	switch l.monitorByID(id) {
	case &l.data:
	case &l.server.monitor:
		return errors.New("the server does not describe itself any more")
	default:
		return nil
	}
	l.log.Info("the server canceled the monitor; monitoring anew", "remote", l.remote.String())
	l.data.disconnected()
	l.setState(StateNegotiating)
	if l.server.monitor.state != monitorActive {
		return l.requestSchema()
	}
	return l.considerServer()
}

// handle reads one message.
func (l *loop) handle(m message) error {
	opened, err := openEnvelope(m)
	if err != nil {
		return fmt.Errorf("malformed message: %w", err)
	}
	if opened.method == "" {
		return l.handleReply(opened)
	}
	switch opened.method {
	case "update3":
		err = l.updateNotification(opened.params, formDiff, true)
	case "update2":
		err = l.updateNotification(opened.params, formDiff, false)
	case "update":
		err = l.updateNotification(opened.params, formOldNew, false)
	case "locked":
		return l.lockNotification(opened.params, LockHeld)
	case "stolen":
		return l.lockNotification(opened.params, LockContended)
	case "monitor_canceled":
		return l.monitorCanceled(opened.params)
	case "echo":
		l.answer(opened, "result", opened.params)
		return nil
	default:
		l.log.Debug("unknown method called by the server", "method", abbreviate(opened.method))
		if opened.isRequest() {
			l.answer(opened, "error", []byte(`"unknown method"`))
		}
		return nil
	}
	if err == nil {
		// What changed may have been the server's description of itself.
		err = l.considerServer()
	}
	return err
}

// handleReply hands a reply to whoever asked.
func (l *loop) handleReply(reply envelope) error {
	id, err := strconv.ParseInt(string(reply.id), 10, 64)
	if err != nil {
		return fmt.Errorf("a reply has the id %q, which was never used", abbreviate(string(reply.id)))
	}
	handler, waits := l.pending[id]
	if !waits {
		return fmt.Errorf("a reply has the id %d, which nobody waits for", id)
	}
	delete(l.pending, id)
	return handler(reply)
}

// request sends a request, and returns its id; handler gets the reply, unless the connection ends
// before.
func (l *loop) request(method string, params []byte, handler func(envelope) error) int64 {
	l.nextID++
	l.pending[l.nextID] = handler
	l.connection.send(appendRequest(nil, l.nextID, method, params))
	return l.nextID
}

// answer replies to a request of the server with the member result or error.
func (l *loop) answer(to envelope, member string, value []byte) {
	if len(value) == 0 {
		value = []byte("null")
	}
	other := "error"
	if member == other {
		other = "result"
	}
	l.connection.send(fmt.Appendf(nil, `{"id":%s,%q:%s,%q:null}`, to.id, member, value, other))
}

// schemaParams are the parameters of get_schema.
func schemaParams(database string) []byte {
	return append(appendName([]byte{'['}, database), ']')
}
