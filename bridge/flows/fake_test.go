package flows_test

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
)

// fake is a switch that holds flows and refuses what a test wants, also in ways in which no real one
// does.
type fake struct {
	t      *testing.T
	remote string
	mutex  sync.Mutex
	flows  map[string]string // by table, priority and match
	// refuse is asked about each message; a message in a bundle is asked about by itself. cut says
	// that the connection is to end in place of an answer.
	refuse func(kind openflow.MessageType, message []byte) (err *openflow.Error, cut bool)
	// refuseBundle is asked about what a bundle would lead to.
	refuseBundle func(flows map[string]string) bool
	seen         []openflow.MessageType // messages that came, without those of handshakes and readings
	options      []openflow.TunnelOption
}

func newFake(t *testing.T) *fake {
	path := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", path)
	require.NoError(t, err)
	f := &fake{t: t, remote: "unix:" + path, flows: map[string]string{}}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			socket, err := listener.Accept()
			if err != nil {
				return
			}
			running.Go(func() { (&fakeLink{fake: f, socket: socket}).serve() })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		running.Wait()
	})
	return f
}

// set changes the fake in a safe way.
func (f *fake) set(change func()) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	change()
}

// list is the flows, as text.
func (f *fake) list() []string {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	list := []string{}
	for key, actions := range f.flows {
		list = append(list, key+" "+actions)
	}
	slices.Sort(list)
	return list
}

// count is how many messages of a type came.
func (f *fake) count(kind openflow.MessageType) (n int) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, k := range f.seen {
		if k == kind {
			n++
		}
	}
	return n
}

// fakeLink is the fake's end of a connection.
type fakeLink struct {
	*fake
	socket net.Conn
	bundle map[string]string // what the open bundle leads to
}

func (l *fakeLink) serve() {
	defer l.socket.Close()
	for {
		header := make([]byte, openflow.HeaderLen)
		if _, err := io.ReadFull(l.socket, header); err != nil {
			return
		}
		message := append(header, make([]byte, int(binary.BigEndian.Uint16(header[2:]))-len(header))...)
		if _, err := io.ReadFull(l.socket, message[openflow.HeaderLen:]); err != nil {
			return
		}
		if !l.handle(openflow.MessageType(header[1]), message) {
			return
		}
	}
}

// send answers a message. The connection may be gone.
func (l *fakeLink) send(to []byte, m openflow.Message) {
	b, err := m.Append(nil, binary.BigEndian.Uint32(to[4:]))
	if err == nil {
		_, _ = l.socket.Write(b)
	}
}

// answer sends the body of a message of a type.
func (l *fakeLink) answer(to []byte, kind openflow.MessageType, body ...byte) {
	b := binary.BigEndian.AppendUint16([]byte{openflow.Version, byte(kind)}, uint16(openflow.HeaderLen+len(body)))
	_, _ = l.socket.Write(append(append(b, to[4:8]...), body...))
}

func (l *fakeLink) handle(kind openflow.MessageType, m []byte) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	inner, innerKind := m, kind
	if kind == openflow.TypeBundleAdd {
		inner = m[16:]
		innerKind = openflow.MessageType(inner[1])
	}
	if l.refuse != nil {
		if err, cut := l.refuse(innerKind, inner); cut {
			return false
		} else if err != nil {
			l.send(m, err)
			return true
		}
	}
	l.seen = append(l.seen, innerKind)
	switch kind {
	case openflow.TypeHello:
		l.send(m, openflow.Hello{Versions: 1 << openflow.Version})
	case openflow.TypeEchoRequest:
		l.send(m, openflow.Echo{Reply: true})
	case openflow.TypeBarrierRequest:
		l.send(m, openflow.Barrier{Reply: true})
	case openflow.TypeMultipartRequest:
		l.answer(m, openflow.TypeMultipartReply, m[8], m[9], 0, 0, 0, 0, 0, 0)
	case openflow.TypeBundleControl:
		l.control(m)
	case openflow.TypeBundleAdd:
		if l.bundle == nil {
			l.send(m, &openflow.Error{Type: 17, Code: 2})
		} else {
			l.add(inner)
		}
	case openflow.TypeExperimenter:
		l.experimenter(m)
	}
	return true
}

func (l *fakeLink) control(m []byte) {
	c, err := openflow.DecodeBundleControl(m)
	require.NoError(l.t, err)
	switch c.Request {
	case openflow.BundleOpen:
		l.bundle = map[string]string{}
		for key, actions := range l.flows {
			l.bundle[key] = actions
		}
	case openflow.BundleCommit:
		if l.refuseBundle != nil && l.refuseBundle(l.bundle) {
			l.send(m, &openflow.Error{Type: 17, Code: 13})
			return
		}
		l.flows = l.bundle
	}
	c.Request++
	l.send(m, c)
}

// add does a message in a bundle.
func (l *fakeLink) add(m []byte) {
	if openflow.MessageType(m[1]) != openflow.TypeFlowMod {
		return
	}
	mod, err := openflow.DecodeFlowMod(m)
	require.NoError(l.t, err)
	f := mod.Flow
	key := fmt.Sprintf("%d %d %s", f.Table, f.Priority, f.Match)
	switch mod.Command {
	case openflow.FlowDelete:
		l.bundle = map[string]string{}
	case openflow.FlowDeleteStrict:
		delete(l.bundle, key)
	case openflow.FlowModifyStrict:
		if _, ok := l.bundle[key]; !ok {
			return
		}
		fallthrough
	default:
		l.bundle[key] = openflow.PrintActions(f.Actions)
	}
}

func (l *fakeLink) experimenter(m []byte) {
	switch kind := binary.BigEndian.Uint32(m[12:]); openflow.ExperimenterType(kind) {
	case openflow.TypeTLVTableRequest:
		body := binary.BigEndian.AppendUint32(append([]byte(nil), m[8:12]...), uint32(openflow.TypeTLVTableReply))
		body = append(body, make([]byte, 16)...)
		for _, o := range l.options {
			body = append(binary.BigEndian.AppendUint16(body, o.Class), o.Type, o.Length)
			body = append(binary.BigEndian.AppendUint16(body, o.Index), 0, 0)
		}
		l.answer(m, openflow.TypeExperimenter, body...)
	}
}
