package unixctl

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
)

// maxRequest bounds the bytes of one request, so that a client cannot fill the daemon's memory.
const maxRequest = 1 << 20

// request is the only JSON-RPC message that a client may send.
type request struct {
	Method json.RawMessage `json:"method"`
	Params json.RawMessage `json:"params"`
	ID     json.RawMessage `json:"id"`
}

// reply has a result and a null error, or just an error, as the C server writes them.
type reply struct {
	ID     json.RawMessage `json:"id"`
	Result *string         `json:"result,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
}

// connection is one client. Its requests are answered in their order.
type connection struct {
	server *Server
	conn   net.Conn
	number int
}

// serve answers requests until the client hangs up or sends what cannot be understood; JSON-RPC
// has no way to find the next message after that, so it hangs up too.
func (c *connection) serve(ctx context.Context) {
	defer c.conn.Close()
	budget := &budgetReader{from: c.conn}
	decoder := json.NewDecoder(budget)
	for {
		budget.left = maxRequest
		method, params, id, err := readRequest(decoder)
		if err != nil {
			if !errors.Is(err, io.EOF) && !errors.Is(err, os.ErrDeadlineExceeded) {
				c.server.log.Warn(fmt.Sprintf("unix#%d: received bad JSON-RPC message: %v",
					c.number, err))
			}
			return
		}
		c.server.log.Debug(fmt.Sprintf("received request %s%s, id=%s", method, params, id))
		if err := json.NewEncoder(c.conn).Encode(c.answer(ctx, method, params, id)); err != nil {
			c.server.log.Warn(fmt.Sprintf("unix#%d: cannot send the reply", c.number),
				"command", method, "error", err)
			return
		}
	}
}

// answer runs the command; the arguments must be strings.
func (c *connection) answer(
	ctx context.Context, method string, params []json.RawMessage, id json.RawMessage,
) reply {
	args := make([]string, len(params))
	for i, param := range params {
		if err := json.Unmarshal(param, &args[i]); err != nil || string(param) == "null" {
			return failure(id, fmt.Errorf("%q command has non-string argument", method))
		}
	}
	text, err := c.server.table.run(ctx, method, args)
	if err != nil {
		return failure(id, err)
	}
	text = endLine(text)
	return reply{ID: id, Result: &text, Error: json.RawMessage("null")}
}

// failure is the reply that makes ovs-appctl exit with status 2.
func failure(id json.RawMessage, err error) reply {
	text, _ := json.Marshal(endLine(err.Error())) // A string always has a JSON form.
	return reply{ID: id, Error: text}
}

// endLine completes the last line, because the client prints a reply as it is.
func endLine(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}

// readRequest reads one message and says what is wrong with it in the C server's words.
func readRequest(d *json.Decoder) (string, []json.RawMessage, json.RawMessage, error) {
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return "", nil, nil, err
	}
	var r request
	if raw[0] != '{' || json.Unmarshal(raw, &r) != nil {
		return "", nil, nil, errors.New("message is not a JSON object")
	}
	var method string
	var params []json.RawMessage
	switch {
	case r.Method == nil:
		return "", nil, nil, errors.New("received unexpected reply message")
	case json.Unmarshal(r.Method, &method) != nil || string(r.Method) == "null":
		return "", nil, nil, errors.New("method is not a JSON string")
	case r.Params == nil:
		return "", nil, nil, errors.New(`request must have "params"`)
	case json.Unmarshal(r.Params, &params) != nil || string(r.Params) == "null":
		return "", nil, nil, errors.New(`"params" must be JSON array`)
	case r.ID == nil || string(r.ID) == "null":
		return "", nil, nil, errors.New("received unexpected notification message")
	}
	return method, params, r.ID, nil
}

// budgetReader fails when one request takes more than its share.
type budgetReader struct {
	from io.Reader
	left int
}

func (b *budgetReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("a request may have at most %d bytes", maxRequest)
	}
	n, err := b.from.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
