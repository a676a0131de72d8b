package bench

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"woven/bridge/flows"
	"woven/bridge/flows/ovstest"
	"woven/engine"
	"woven/engine/check"
	"woven/engine/function"
	"woven/internal/session"
	"woven/relations"
	"woven/rules"
)

//go:embed switch.mg
var switchProgram string

// switchSession is a session without databases whose program sends flows to a switch.
type switchSession struct {
	session *session.Session
	round   int
	mutex   sync.Mutex
	begun   moment // when flows changed last, before the switch heard of it
	done    chan moment
}

// moment is a time, and the processor time that this process had used then.
type moment struct {
	wall time.Time
	cpu  time.Duration
}

func now() moment { return moment{time.Now(), cpuTime()} }

// flowSink lets a switch be a sink of a session's.
type flowSink struct{ *flows.Sink }

// Attach implements [session.Sink].
func (s flowSink) Attach(e *engine.Engine, h session.Host) error { return s.Sink.Attach(e, h) }

func newSwitchSession() (*switchSession, error) {
	sources := []check.Source{{Path: "switch.mg", Text: []byte(switchProgram)}}
	for _, name := range []string{"controller/openflow.mg", "session/session.mg"} {
		text, err := fs.ReadFile(rules.FS, name)
		if err != nil {
			return nil, err
		}
		sources = append(sources, check.Source{Path: name, Text: text})
	}
	program, diagnostics := check.Texts(sources, function.Default(), check.Options{Generated: rules.Shared})
	if program == nil {
		return nil, check.Errors(diagnostics)
	}
	s := &switchSession{done: make(chan moment, 1)}
	log := slog.New(slog.DiscardHandler)
	var err error
	s.session, err = session.New(session.Config{Program: program, Logger: log,
		Sinks: []session.Sink{flowSink{flows.New(flows.Config{Logger: log})}}, Committed: s.committed})
	return s, err
}

// committed takes the times. It is called in the session's turn.
func (s *switchSession) committed(_ *engine.Engine, changes *engine.Changes, _ string, _ time.Duration) {
	for _, c := range changes.Relations {
		switch c.Relation.Name() {
		case "flow":
			s.mutex.Lock()
			s.begun = now()
			s.mutex.Unlock()
		case "bench_done":
			if c.Inserted.Len() > 0 {
				s.done <- now()
			}
		}
	}
}

// edit is a fact that comes or goes.
type edit struct {
	gone     bool
	relation string
	columns  []any
}

// change commits facts, and returns how long it then took until the switch had what follows.
func (s *switchSession) change(edits ...edit) (took, cpu time.Duration, err error) {
	s.round++
	edits = append(edits, edit{relation: "bench_round", columns: []any{s.round}},
		edit{true, "bench_round", []any{s.round - 1}})
	err = s.session.Tell(context.Background(), func(e *engine.Engine, txn *engine.Txn) error {
		for _, d := range edits {
			r, ok := e.Relation(d.relation)
			if !ok {
				return errors.New("no relation " + d.relation)
			}
			do := txn.Insert
			if d.gone {
				do = txn.Delete
			}
			if err := do(r, values(e.Store(), d.columns)...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	select {
	case end := <-s.done:
		s.mutex.Lock()
		defer s.mutex.Unlock()
		return end.wall.Sub(s.begun.wall), end.cpu - s.begun.cpu, nil
	case <-time.After(patience):
		return 0, 0, errors.New("the switch does not get what it should")
	}
}

func values(store *relations.Store, columns []any) (row []relations.Value) {
	for _, c := range columns {
		switch c := c.(type) {
		case int:
			row = append(row, store.Number(int64(c)))
		case string:
			row = append(row, store.String(c))
		}
	}
	return row
}

func (f *switchFlow) edit(gone bool) edit {
	return edit{gone, "bench_flow", []any{f.table, f.priority, f.match, f.actions, f.cookie}}
}

// fillFromFacts has a session send the flows.
func fillFromFacts(sw *ovstest.Switch, list []switchFlow, samples int) (OpenFlowResult, error) {
	r := OpenFlowResult{Client: "woven"}
	s, err := newSwitchSession()
	if err != nil {
		return r, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.session.Run(ctx) }()
	defer func() {
		cancel()
		<-ended
	}()
	edits := []edit{{relation: "bench_remote", columns: []any{sw.Remote()}}}
	for id := range switchGroups {
		edits = append(edits, edit{relation: "bench_group", columns: []any{id + 1, switchGroup(id + 1)}})
	}
	if _, _, err = s.change(edits...); err != nil {
		return r, err
	}
	edits = nil
	for i := range list {
		edits = append(edits, list[i].edit(false))
	}
	busy := processorTime(sw.PID())
	took, cpu, err := s.change(edits...)
	if err != nil {
		return r, err
	}
	r.Seconds, r.ClientCPU = took.Seconds(), cpu.Seconds()
	r.SwitchCPU = (processorTime(sw.PID()) - busy).Seconds()
	if problems, err := s.session.Problems(ctx); err != nil || len(problems) > 0 {
		return r, errors.Join(err, fmt.Errorf("%d problems, such as %+v", len(problems), problems[:1]))
	}
	return r, s.singles(&r, samples)
}

// singles measures changes of one flow, after a tenth of them as warm-up.
func (s *switchSession) singles(r *OpenFlowResult, samples int) error {
	var all []time.Duration
	before := changedFlow(0)
	if _, _, err := s.change(before.edit(false)); err != nil {
		return err
	}
	warm := max(1, samples/10)
	for round := range warm + samples {
		after := changedFlow(round + 1)
		took, _, err := s.change(before.edit(true), after.edit(false))
		if err != nil {
			return err
		}
		if before = after; round >= warm {
			all = append(all, took)
		}
	}
	_, _, err := s.change(before.edit(true))
	r.changes(all)
	return err
}
