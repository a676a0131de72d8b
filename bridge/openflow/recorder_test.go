package openflow

import (
	"encoding/binary"
	"encoding/hex"
	"io"
	"net"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// recorder stands between ovs-ofctl and a switch, and keeps what ovs-ofctl sends.
type recorder struct {
	path     string
	mutex    sync.Mutex
	messages [][]byte
}

// record starts a recorder before the switch.
func (s *testSwitch) record() *recorder {
	s.t.Helper()
	c := &recorder{path: filepath.Join(s.directory, "recorder")}
	listener, err := net.Listen("unix", c.path)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("unix", s.management())
			if err != nil {
				client.Close()
				continue
			}
			go func() {
				io.Copy(client, server)
				client.Close()
			}()
			go c.forward(client, server)
		}
	}()
	return c
}

// forward passes on what a client sends, message by message.
func (c *recorder) forward(client io.Reader, server net.Conn) {
	defer server.Close()
	header := make([]byte, HeaderLen)
	for {
		if _, err := io.ReadFull(client, header); err != nil {
			return
		}
		message := make([]byte, binary.BigEndian.Uint16(header[2:]))
		copy(message, header)
		if _, err := io.ReadFull(client, message[HeaderLen:]); err != nil {
			return
		}
		c.mutex.Lock()
		c.messages = append(c.messages, message)
		c.mutex.Unlock()
		if _, err := server.Write(message); err != nil {
			return
		}
	}
}

// sent runs ovs-ofctl with the words of a command, and returns the messages of the given type that
// it sent, and what it printed.
func (s *testSwitch) sent(c *recorder, kind MessageType, arguments ...string) ([][]byte, string) {
	s.t.Helper()
	c.mutex.Lock()
	c.messages = nil
	c.mutex.Unlock()
	all := append([]string{"-O", "OpenFlow15", arguments[0], "unix:" + c.path}, arguments[1:]...)
	out, _ := s.command("ovs-ofctl", all...).CombinedOutput()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	var found [][]byte
	for _, m := range c.messages {
		if MessageType(m[1]) == kind {
			found = append(found, m)
		}
	}
	return found, string(out)
}

// requireSame checks that a message is encoded as ovs-ofctl did, whatever its xid.
func requireSame(t *testing.T, expected []byte, m Message) {
	t.Helper()
	b, err := m.Append([]byte("before"), binary.BigEndian.Uint32(expected[4:]))
	require.NoError(t, err)
	require.Equal(t, "before", string(b[:6]))
	require.Equal(t, hex.EncodeToString(expected), hex.EncodeToString(b[6:]))
}
