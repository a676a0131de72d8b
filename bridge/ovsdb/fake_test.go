package ovsdb

import (
	"encoding/json"
	"fmt"
	"net"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// fake is a server that says what a test wants, also what no real server would.
type fake struct {
	remote  string
	mutex   sync.Mutex
	calls   []string // methods called
	answers map[string]func(*fakeRequest)
}

// fakeRequest is a request that the fake received.
type fakeRequest struct {
	connection net.Conn
	database   string // the first parameter, if it is a text
	params     []json.RawMessage
	id         json.RawMessage
}

// raw sends bytes as they are.
func (r *fakeRequest) raw(text string) { _, _ = r.connection.Write([]byte(text)) }

func (r *fakeRequest) reply(result string) {
	r.raw(fmt.Sprintf(`{"id":%s,"result":%s,"error":null}`, r.id, result))
}

func (r *fakeRequest) refuse(reason string) {
	r.raw(fmt.Sprintf(`{"id":%s,"result":null,"error":%s}`, r.id, reason))
}

const fakeZero = `"00000000-0000-0000-0000-000000000000"`

// newFake starts a fake with an empty zoo that behaves well. A test may replace
// answers.
func newFake(t testing.TB) *fake {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sock")
	listener, err := net.Listen("unix", path)
	require.NoError(t, err)
	f := &fake{remote: "unix:" + path}
	f.answers = map[string]func(*fakeRequest){
		"set_db_change_aware": func(r *fakeRequest) { r.reply("{}") },
		"echo":                func(r *fakeRequest) { r.reply("[]") },
		"get_schema": func(r *fakeRequest) {
			if r.database == "Zoo" {
				r.reply(zooSchema)
			} else {
				r.refuse(`{"error":"unknown database"}`)
			}
		},
		"monitor_cond_since": func(r *fakeRequest) { r.reply(`[false,` + fakeZero + `,{}]`) },
	}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			running.Go(func() { f.serve(connection) })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		running.Wait()
	})
	return f
}

func (f *fake) serve(connection net.Conn) {
	defer connection.Close()
	decoder := json.NewDecoder(connection)
	for {
		var message struct {
			Method string
			Params []json.RawMessage
			ID     json.RawMessage
		}
		if decoder.Decode(&message) != nil {
			return
		}
		request := &fakeRequest{connection: connection, params: message.Params, id: message.ID}
		if len(message.Params) > 0 {
			_ = json.Unmarshal(message.Params[0], &request.database)
		}
		f.mutex.Lock()
		f.calls = append(f.calls, message.Method)
		f.mutex.Unlock()
		if answer := f.answer(message.Method); answer != nil {
			answer(request)
		} else {
			request.refuse(`"unknown method"`)
		}
	}
}

// called are the methods that sessions called so far, one by one.
func (f *fake) called() []string {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return append([]string(nil), f.calls...)
}

// on replaces the answer to a method; nil refuses it as unknown. The method "" is that of replies.
func (f *fake) on(method string, answer func(*fakeRequest)) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.answers[method] = answer
}

func (f *fake) answer(method string) func(*fakeRequest) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.answers[method]
}
