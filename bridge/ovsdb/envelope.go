package ovsdb

import "strconv"

// envelope is a JSON-RPC message whose members are still unread JSON; absent ones are empty.
type envelope struct {
	method  string
	id      []byte
	params  []byte
	result  []byte
	failure []byte // the member "error"
}

// openEnvelope finds the members of a message.
func openEnvelope(m message) (envelope, error) {
	var opened envelope
	s := scanner{bytes: m.bytes}
	s.expect('{')
	nested := 0
	for first := true; s.more('}', first); first = false {
		name := string(s.key())
		c := s.peek()
		start := s.at
		if (c == '{' || c == '[') && nested < len(m.members) {
			s.at = m.members[nested].end
			nested++
		} else {
			s.skip()
		}
		if s.failure != nil {
			break
		}
		value := s.bytes[start:s.at:s.at]
		switch name {
		case "method":
			method := scanner{bytes: value}
			opened.method = string(method.text())
			if method.failure != nil {
				return opened, method.failure
			}
		case "id":
			opened.id = value
		case "params":
			opened.params = value
		case "result":
			opened.result = value
		case "error":
			opened.failure = value
		}
	}
	return opened, s.failure
}

// isRequest reports whether the sender waits for an answer to the method.
func (e *envelope) isRequest() bool { return len(e.id) > 0 && string(e.id) != "null" }

// appendRequest appends a request, whose params are JSON already.
func appendRequest(b []byte, id int64, method string, params []byte) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, id, 10)
	b = append(b, `,"method":"`...)
	b = append(b, method...)
	b = append(b, `","params":`...)
	b = append(b, params...)
	return append(b, '}')
}
