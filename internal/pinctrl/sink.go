package pinctrl

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"woven/bridge/openflow/conn"
	"woven/engine"
	"woven/internal/coverage"
	"woven/internal/session"
	"woven/internal/vlog"
	"woven/relations"
)

// Name is what rules call the sink.
const Name = "packets"

// rate bounds how often each kind of trouble is logged: packets may come at any rate.
var rate = vlog.Rate{PerMinute: 1, Burst: 5}

// Config says how to work.
type Config struct {
	Backoff conn.Backoff
	// Logger receives messages about the connection and about packets that are not understood.
	Logger *slog.Logger
	// ACLLog receives a line for each packet that an ACL logs.
	ACLLog *slog.Logger
	// Coverage counts packets.
	Coverage *coverage.Set
}

// counts are the events that are counted.
type counts struct {
	packets, malformed, unknown, dropped, refused *coverage.Counter
}

// program is the relations that are read and told.
type program struct {
	remote *engine.Relation
	// Those that the program does not have are nil.
	probe, learned, written *engine.Relation
}

// Sink answers the packets of one switch. It is a [session.Sink] for which nothing is ever pending.
type Sink struct {
	config  Config
	log     *slog.Logger
	counts  counts
	engine  *engine.Engine
	store   *relations.Store
	host    session.Host
	program program
	remotes remotes
	upTo    uint64

	// learned are the ports of what the rules are told, until it is written.
	learning sync.Mutex
	learned  map[place]uint64

	// missed are the opcodes that were warned of. Only the connection's goroutine uses it.
	missed map[unknown]bool

	mutex   sync.Mutex
	session *conn.Session
	closing sync.WaitGroup // sessions with what was connected to before
	ended   bool           // Run is over
}

// New makes a sink.
func New(config Config) *Sink {
	counter := config.Coverage.New
	return &Sink{config: config, log: vlog.Limited(config.Logger, rate), missed: map[unknown]bool{},
		learned: map[place]uint64{},
		remotes: remotes{texts: map[relations.Value]string{}},
		counts: counts{
			packets:   counter("pinctrl_total_pin_pkts"),
			malformed: counter("pinctrl_malformed"),
			unknown:   counter("pinctrl_unknown_opcode"),
			dropped:   counter("pinctrl_dropped"),
			refused:   counter("pinctrl_refused"),
		}}
}

// Name implements [session.Sink].
func (s *Sink) Name() string { return Name }

// Attach implements [session.Sink]. The program has to declare the relations of
// rules/controller/openflow.mg.
func (s *Sink) Attach(e *engine.Engine, host session.Host) error {
	s.engine, s.store, s.host = e, e.Store(), host
	var found bool
	if s.program.remote, found = e.Relation("switch_remote"); !found {
		return fmt.Errorf("the program declares no relation switch_remote")
	}
	s.program.probe, _ = e.Relation("probe")
	s.program.learned, _ = e.Relation("fdb_learned")
	s.program.written, _ = e.Relation("fdb_written")
	for _, r := range []*engine.Relation{s.program.remote, s.program.probe} {
		if r == nil {
			continue
		}
		e.Each(r, func(row []relations.Value) bool {
			s.take(r, row, true)
			return true
		})
	}
	s.settle()
	return nil
}

// Run implements [session.Sink].
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

// Absorb implements [session.Sink].
func (s *Sink) Absorb(changes *engine.Changes) {
	for i := range changes.Relations {
		c := &changes.Relations[i]
		for i := range c.Deleted.Len() {
			s.take(c.Relation, c.Deleted.At(i), false)
		}
		for i := range c.Inserted.Len() {
			s.take(c.Relation, c.Inserted.At(i), true)
		}
	}
	s.settle()
}

// Write implements [session.Sink]. Nothing waits to be sent.
func (s *Sink) Write(upTo uint64) { s.upTo = upTo }

// Acked implements [session.Sink].
func (s *Sink) Acked() uint64 { return s.upTo }
