package ovsdbtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// Client is a bare JSON-RPC connection to a server, for what a test does beside the code under
// test. It is not safe for concurrent use.
type Client struct {
	socket  net.Conn
	decoder *json.Decoder
	nextID  int
	unread  []Message // what came while Call waited for something else
}

// Message is a JSON-RPC message.
type Message struct {
	ID     any             `json:"id"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
}

// Dial connects to a remote, unix:PATH or tcp:HOST:PORT.
func Dial(remote string) (*Client, error) {
	network, address, _ := strings.Cut(remote, ":")
	socket, err := net.Dial(network, address)
	if err != nil {
		return nil, err
	}
	return &Client{socket: socket, decoder: json.NewDecoder(socket)}, nil
}

// Close ends the connection.
func (c *Client) Close() { c.socket.Close() }

// Call calls a method and returns its result. An answer with an error is an error.
func (c *Client) Call(method string, params ...any) (json.RawMessage, error) {
	c.nextID++
	if params == nil {
		params = []any{}
	}
	request, err := json.Marshal(map[string]any{"id": c.nextID, "method": method, "params": params})
	if err != nil {
		return nil, err
	}
	if _, err := c.socket.Write(request); err != nil {
		return nil, err
	}
	for {
		reply, err := c.receive()
		if err != nil {
			return nil, err
		}
		if id, isNumber := reply.ID.(float64); reply.Method != "" || !isNumber || int(id) != c.nextID {
			c.unread = append(c.unread, reply)
			continue
		}
		if len(reply.Error) > 0 && string(reply.Error) != "null" {
			return nil, fmt.Errorf("%s: %s", method, reply.Error)
		}
		return reply.Result, nil
	}
}

// Notification waits for the next notification of a method.
func (c *Client) Notification(method string) (Message, error) {
	for {
		for i, message := range c.unread {
			if message.Method == method {
				c.unread = append(c.unread[:i], c.unread[i+1:]...)
				return message, nil
			}
		}
		message, err := c.receive()
		if err != nil {
			return Message{}, err
		}
		c.unread = append(c.unread, message)
	}
}

// receive reads a message, and answers those that ask for an echo.
func (c *Client) receive() (Message, error) {
	for {
		var message Message
		if err := c.socket.SetReadDeadline(time.Now().Add(Patience)); err != nil {
			return message, err
		}
		if err := c.decoder.Decode(&message); err != nil {
			return message, err
		}
		if message.Method != "echo" {
			return message, nil
		}
		reply, err := json.Marshal(map[string]any{"id": message.ID, "result": message.Params, "error": nil})
		if err != nil {
			return message, err
		}
		if _, err := c.socket.Write(reply); err != nil {
			return message, err
		}
	}
}

// Operation is an operation of a transaction in its JSON form, such as {"op": "insert", ...}.
type Operation = map[string]any

// Transact commits a transaction, and returns the results of its operations. An operation that
// fails is an error.
func (c *Client) Transact(database string, operations ...Operation) ([]json.RawMessage, error) {
	params := []any{database}
	for _, operation := range operations {
		params = append(params, operation)
	}
	answer, err := c.Call("transact", params...)
	if err != nil {
		return nil, err
	}
	var results []json.RawMessage
	if err := json.Unmarshal(answer, &results); err != nil {
		return nil, err
	}
	for _, result := range results {
		var failed struct{ Error, Details string }
		if json.Unmarshal(result, &failed) == nil && failed.Error != "" {
			return nil, errors.New(failed.Error + ": " + failed.Details)
		}
	}
	return results, nil
}

// Select returns all rows of a table, each a map of columns to values in their JSON form.
func (c *Client) Select(database, table string, columns ...string) ([]map[string]any, error) {
	operation := Operation{"op": "select", "table": table, "where": []any{}}
	if len(columns) > 0 {
		operation["columns"] = columns
	}
	results, err := c.Transact(database, operation)
	if err != nil {
		return nil, err
	}
	var answer struct{ Rows []map[string]any }
	decoder := json.NewDecoder(strings.NewReader(string(results[0])))
	decoder.UseNumber()
	err = decoder.Decode(&answer)
	return answer.Rows, err
}
