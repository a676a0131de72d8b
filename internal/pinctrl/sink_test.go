package pinctrl

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
	"woven/bridge/openflow/conn"
	"woven/engine"
	"woven/internal/coverage"
	"woven/internal/sessiontest"
	"woven/internal/unixctl"
	"woven/relations"
)

// patience is how long to wait for something that should happen at once.
const patience = 60 * time.Second

// programText has what is told, and says directly what the tests put in.
const programText = `
Decl put_remote(Remote) descr [extensional()] bound [/string].
Decl switch_remote(Remote) descr [output()] bound [/string].
switch_remote(R) :- put_remote(R).
Decl fdb_learned(DpKey, Mac, PortKey) descr [extensional()] bound [/number, /string, /number].
Decl put_written(DpKey, Mac, PortKey) descr [extensional()] bound [/number, /string, /number].
Decl fdb_written(DpKey, Mac, PortKey) descr [output()] bound [/number, /string, /number].
fdb_written(D, M, P) :- fdb_learned(D, M, P), put_written(D, M, P).
`

// stand is an engine with a sink, and a switch that says what a test wants.
type stand struct {
	t        *testing.T
	engine   *engine.Engine
	sink     *Sink
	coverage *coverage.Set
	listener net.Listener
	stream   net.Conn

	mutex sync.Mutex
	told  []func() // in the order in which they have to be run
}

func newStand(t *testing.T) *stand {
	store := relations.NewStore()
	e, err := engine.New(sessiontest.Compile(t, programText), store, engine.Options{})
	require.NoError(t, err)
	s := &stand{t: t, engine: e, coverage: coverage.NewSet()}
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	s.sink = New(Config{Logger: log, ACLLog: log, Coverage: s.coverage,
		Backoff: conn.Backoff{Minimum: time.Millisecond, Maximum: 10 * time.Millisecond}})
	require.NoError(t, s.sink.Attach(e, s))
	path := filepath.Join(t.TempDir(), "mgmt")
	s.listener, err = net.Listen("unix", path)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { s.sink.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		s.listener.Close()
		running.Wait()
	})
	s.put("put_remote", store.String("unix:"+path))
	s.accept()
	return s
}

// Tell implements [session.Host].
func (s *stand) Tell(f func(*engine.Txn) error) {
	s.Post(func() { s.commit(f) })
}

// Post implements [session.Host].
func (s *stand) Post(f func()) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.told = append(s.told, f)
}

// commit is what a session does with a transaction.
func (s *stand) commit(f func(*engine.Txn) error) {
	txn, err := s.engine.Begin()
	require.NoError(s.t, err)
	require.NoError(s.t, f(txn))
	changes, err := txn.Commit()
	require.NoError(s.t, err)
	defer changes.Release()
	s.sink.Absorb(changes)
	s.sink.Write(s.engine.Batch())
}

// count is what a counter shows to its users.
func (s *stand) count(counter string) string {
	server := unixctl.NewServer("pinctrl 1", slog.New(slog.DiscardHandler))
	s.coverage.Register(server)
	path := filepath.Join(s.t.TempDir(), "control")
	require.NoError(s.t, server.Listen(path))
	server.Serve()
	defer server.Close()
	text, err := unixctl.Call(s.t.Context(), path, "coverage/read-counter", counter)
	require.NoError(s.t, err)
	return strings.TrimSpace(text)
}

// put puts a fact in.
func (s *stand) put(relation string, row ...relations.Value) {
	r, ok := s.engine.Relation(relation)
	require.True(s.t, ok)
	s.commit(func(txn *engine.Txn) error { return txn.Insert(r, row...) })
}

// turn runs everything that was told.
func (s *stand) turn() {
	for {
		s.mutex.Lock()
		told := s.told
		s.told = nil
		s.mutex.Unlock()
		if len(told) == 0 {
			return
		}
		for _, f := range told {
			f()
		}
	}
}

// learned are the facts of fdb_learned.
func (s *stand) learned() (facts []string) {
	s.turn()
	r, _ := s.engine.Relation("fdb_learned")
	store := s.engine.Store()
	s.engine.Each(r, func(row []relations.Value) bool {
		facts = append(facts, fmt.Sprintf("%d %s %d", store.Int(row[0]), store.TextOf(row[1]),
			store.Int(row[2])))
		return true
	})
	return facts
}

// accept is the switch's side of the set-up.
func (s *stand) accept() {
	var err error
	s.stream, err = s.listener.Accept()
	require.NoError(s.t, err)
	s.t.Cleanup(func() { s.stream.Close() })
	s.write(s.read())
	request := s.read()
	require.EqualValues(s.t, openflow.TypeGetConfigRequest, request[1])
	s.write([]byte{6, byte(openflow.TypeGetConfigReply), 0, 12, request[4], request[5], request[6],
		request[7], 0, 1, 0, 128})
	require.Equal(s.t, []byte{0, 1, 0xff, 0xff}, s.read()[8:], "fragments are treated as before")
	kind, err := openflow.DecodeExperimenter(s.read())
	require.NoError(s.t, err)
	require.EqualValues(s.t, openflow.TypeSetPacketInFormat, kind)
}

func (s *stand) read() []byte {
	require.NoError(s.t, s.stream.SetReadDeadline(time.Now().Add(patience)))
	message := make([]byte, openflow.HeaderLen)
	_, err := io.ReadFull(s.stream, message)
	require.NoError(s.t, err)
	body := make([]byte, int(binary.BigEndian.Uint16(message[2:]))-openflow.HeaderLen)
	_, err = io.ReadFull(s.stream, body)
	require.NoError(s.t, err)
	return append(message, body...)
}

func (s *stand) write(message []byte) {
	_, err := s.stream.Write(message)
	require.NoError(s.t, err)
}

// send sends a packet to the controller. A packet in and its resume differ in their type alone.
func (s *stand) send(in *openflow.PacketIn) {
	message, err := openflow.Resume{PacketIn: *in}.Append(nil, 0)
	require.NoError(s.t, err)
	binary.BigEndian.PutUint32(message[12:], uint32(openflow.TypePacketIn2))
	s.write(message)
}

// settle waits until the controller has handled everything that was sent: it answers in order.
func (s *stand) settle() {
	in := packetIn(3, solicitation(s.t), nil)
	s.send(in)
	out, err := openflow.DecodePacketOut(s.read())
	require.NoError(s.t, err)
	require.NotEmpty(s.t, out.Packet)
}

// seen is a packet from an address behind a port.
func seen(mac net.HardwareAddr, port uint64) *openflow.PacketIn {
	in := packetIn(25, append(append(append([]byte{}, hostB...), mac...), 0x88, 0xcc), nil)
	in.Metadata.SetExact(openflow.FieldMetadata, openflow.U64(5))
	in.Metadata.SetExact(openflow.Reg(14), openflow.U64(port))
	return in
}

// Packets that cannot be handled are counted, and the next ones are answered, also after the
// connection was lost.
func TestSink(t *testing.T) {
	s := newStand(t)
	s.settle()
	unknown := packetIn(99, solicitation(t), nil)
	s.send(unknown)
	s.send(unknown)
	s.send(packetIn(3, []byte{1, 2, 3}, nil))
	s.send(&openflow.PacketIn{Reason: openflow.ReasonAction, UserData: []byte{1}})
	miss := packetIn(3, solicitation(t), nil)
	miss.Reason = openflow.ReasonNoMatch
	s.send(miss)
	s.settle()
	require.NoError(t, s.stream.Close())
	s.accept()
	s.settle()
	require.Equal(t, "8", s.count("pinctrl_total_pin_pkts"))
	require.Equal(t, "2", s.count("pinctrl_unknown_opcode"))
	require.Equal(t, "2", s.count("pinctrl_malformed"))
	require.Equal(t, s.engine.Batch(), s.sink.Acked())
	require.Empty(t, s.sink.Problems())
}

// An address is told once for each place that it has, and until it is written.
func TestSinkLearns(t *testing.T) {
	s := newStand(t)
	store := s.engine.Store()
	s.send(seen(hostA, 1))
	s.send(seen(hostA, 1))
	s.settle()
	require.Equal(t, []string{"5 02:00:00:00:00:0a 1"}, s.learned())
	s.send(seen(hostA, 2))
	s.settle()
	require.Equal(t, []string{"5 02:00:00:00:00:0a 2"}, s.learned())
	s.put("put_written", store.Number(5), store.String("02:00:00:00:00:0a"), store.Number(2))
	require.Empty(t, s.learned())
	require.Empty(t, s.sink.learned)
}

// What cannot be written for long does not fill the memory.
func TestSinkLearnsNoMore(t *testing.T) {
	s := newStand(t)
	for i := range maxLearned + 7 {
		s.send(seen(net.HardwareAddr{2, 0, 0, 0, byte(i >> 8), byte(i)}, 1))
	}
	s.settle()
	require.Len(t, s.learned(), maxLearned)
	require.Equal(t, "7", s.count("pinctrl_dropped"))
}

// A remote that cannot be one is a problem.
func TestSinkProblem(t *testing.T) {
	s := newStand(t)
	s.put("put_remote", s.engine.Store().String("nonsense"))
	problems := s.sink.Problems()
	require.Len(t, problems, 1)
	require.Equal(t, "nonsense", problems[0].Column)
}
