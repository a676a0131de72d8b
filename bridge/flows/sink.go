package flows

import (
	"context"
	"log/slog"
	"sync"

	"woven/bridge/openflow/conn"
	"woven/bridge/tables"
	"woven/engine"
	"woven/relations"
)

// Name is what rules call the switch in ask, acked and probe.
const Name = "openflow"

// Host is what runs the engine. Its functions may be called by any goroutine.
type Host interface {
	// Tell runs a function that puts in base facts, soon, in a transaction that is then committed.
	Tell(func(*engine.Txn) error)
	// Post runs a function in the turn of whoever has the engine, soon, and then Write.
	Post(func())
}

// Config says how to work with a switch; all zero is right.
type Config struct {
	Backoff conn.Backoff
	// Limit is how many bytes may wait to be sent; 0 means conn.DefaultLimit.
	Limit int
	// Logger receives messages with the attribute module=openflow; nil means slog.Default().
	Logger *slog.Logger
}

// phase is how far the work with the present connection is.
type phase uint8

const (
	phaseOffline phase = iota // there is no connection
	// phaseAsking waits for what the rules have to know of the switch: its groups and its tunnel
	// options.
	phaseAsking
	// phaseWaiting waits until the switch may be changed.
	phaseWaiting
	// phaseReading waits for what the switch has.
	phaseReading
	// phaseSteady sends differences.
	phaseSteady
)

// Sink makes a switch hold what a program derives. All methods but Run, Status and Counters are
// called by whoever has the engine.
type Sink struct {
	config  Config
	log     *slog.Logger
	engine  *engine.Engine
	store   *relations.Store
	host    Host
	program *program

	flows      records
	queued     []uint32           // flows to look at
	leaving    map[uint32][]byte  // the encoded matches of flows that are not wanted any more
	rivals     map[uint32][]rival // the facts of flows with several, the one that counts first
	vacated    []vacated
	references map[uint32][]reference // of wanted flows
	groups     *entries
	meters     *entries
	flushes    flushes
	learned    map[uint8]bool // tables whose unknown flows are left alone
	tunnel     tunnel
	remotes    remotes
	gate       gate
	told       told
	problems   problems

	phase   phase
	link    *conn.Link
	reading *reading
	flight  *flight // nil if the switch has everything that was sent
	search  search
	clear   bool // all flows and groups are to be deleted first
	upTo    uint64
	acked   uint64
	counts  counts

	scratch []byte
	found   []reference

	mutex   sync.Mutex
	session *conn.Session
	closing sync.WaitGroup // sessions with what was connected to before
	ended   bool           // Run is over
}

// New makes a sink; Attach gives it its program.
func New(config Config) *Sink {
	if config.Logger == nil {
		config.Logger = slog.Default()
	}
	log := config.Logger.With("module", "openflow")
	s := &Sink{config: config, log: log, flows: newRecords(), leaving: map[uint32][]byte{},
		rivals: map[uint32][]rival{}, references: map[uint32][]reference{},
		learned: map[uint8]bool{}, flushes: flushes{facts: map[flushKey]flushState{}},
		gate:     gate{waits: map[int64]bool{}},
		problems: problems{log: log, found: map[problemKey]tables.Problem{}}}
	s.groups, s.meters = newEntries("group", &s.problems), newEntries("meter", &s.problems)
	s.tunnel.wanted = map[optionKey]bool{}
	s.remotes.texts = map[relations.Value]string{}
	s.told.facts = map[*engine.Relation]map[fact]bool{}
	return s
}

// Name is what rules call the sink.
func (s *Sink) Name() string { return Name }

// Attach takes the engine whose program says what the switch should have, and what it says already.
// The program has to declare the relations of rules/controller/openflow.mg.
func (s *Sink) Attach(e *engine.Engine, host Host) error {
	p, err := findRelations(e)
	if err != nil {
		return err
	}
	s.engine, s.store, s.host, s.program = e, e.Store(), host, p
	s.load()
	return nil
}

// Run returns when the context ends, and the connection with it.
func (s *Sink) Run(ctx context.Context) {
	<-ctx.Done()
	s.mutex.Lock()
	s.ended = true
	session := s.session
	s.session = nil
	s.mutex.Unlock()
	if session != nil {
		session.Close()
	}
	s.closing.Wait()
}

// Acked is the engine's batch up to which the switch has everything that was derived, except for
// what is listed as a problem.
func (s *Sink) Acked() uint64 { return s.acked }

// Write sends what is due, as far as there is room. upTo is the engine's batch that was absorbed
// last.
func (s *Sink) Write(upTo uint64) {
	s.upTo = upTo
	if s.link == nil {
		return
	}
	s.negotiate()
	s.advance()
	if s.phase == phaseSteady {
		s.send()
	}
}

// advance enters the next phases whose conditions hold.
func (s *Sink) advance() {
	if s.phase == phaseWaiting && s.told.isComplete() && s.tunnel.isSettled() && s.gate.open(s.wake) {
		s.read()
	}
}

// wake has Write called soon. It may be called by any goroutine.
func (s *Sink) wake() { s.host.Post(func() {}) }

// post runs a function in the turn, unless the link that it is about is lost by then.
func (s *Sink) post(link *conn.Link, f func()) {
	s.host.Post(func() {
		if s.link == link {
			f()
		}
	})
}
