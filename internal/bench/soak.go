package bench

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"woven/engine"
	"woven/relations"
)

// SoakOptions say how long and how large a soak is.
type SoakOptions struct {
	Changes  int    // random additions and removals of ports, in batches of ten
	Ports    int    // how many ports there are at a time, about
	Behind   int    // how many batches the sink lags
	Seed     uint64 // of the random changes
	Progress io.Writer
}

const (
	soakBatch  = 10
	soakRounds = 20 // measurements of the memory
	// soakNames is how many ports have ever had a name, in proportion to those there are: most
	// additions bring texts that were forgotten meanwhile.
	soakNames = 20
	// soakGrowth is how much the memory may grow over what it is after the first quarter; soakNoise
	// is how many bytes of growth say nothing, which is more than that in a small soak.
	soakGrowth = 0.10
	soakNoise  = 3e6
)

// soak is a cloud that changes all the time, with those who read it.
type soak struct {
	*ports
	o       SoakOptions
	random  *rand.Rand
	present map[int]bool
	alive   []int // the ports that are present

	behind chan delivery
	views  chan *view
	wg     sync.WaitGroup
	mu     sync.Mutex
	err    error // what a reader found wrong first
}

// delivery is the changes of a batch and what they should be.
type delivery struct {
	changes  *engine.Changes
	inserted []int // ports
	deleted  []int
}

// view is what a reader looks at while the engine goes on: rows of flows as of some moment.
type view struct {
	hold  *relations.Hold
	rows  [][]relations.Value
	texts []string // as they read at first
}

// Soak adds and removes random ports for long, while a sink follows many batches behind and a
// reader looks at rows of the past. Every text that the two render is compared with what it
// should be, and the memory must stay within a tenth of what it is after the first quarter.
func Soak(o SoakOptions) (Result, error) {
	p, err := newPorts(0)
	if err != nil {
		return Result{}, err
	}
	s := &soak{ports: p, o: o, random: rand.New(rand.NewPCG(o.Seed, 0)), present: map[int]bool{},
		behind: make(chan delivery), views: make(chan *view)}
	empty := rss()
	var facts []fact
	for d := range o.Ports * soakNames / portsPerDatapath {
		facts = append(facts, fact{p.datapath, []relations.Value{p.Store().String(datapathName(d)),
			p.Store().Number(int64(d + 1))}})
	}
	if err := apply(p.Engine, facts, true); err != nil {
		return Result{}, err
	}
	s.wg.Go(s.sink)
	s.wg.Go(s.reader)
	r, err := s.run(empty)
	close(s.behind)
	close(s.views)
	s.wg.Wait()
	if err == nil {
		err = s.err
	}
	return r, err
}

// run makes the changes and watches the memory.
func (s *soak) run(empty float64) (Result, error) {
	r := Result{Name: "soak"}
	d, err := s.step(4 * s.o.Ports) // after which there are as many as there ever will be, nearly
	if err != nil {
		return r, err
	}
	s.behind <- d
	batches := s.o.Changes / soakBatch
	took := make([]time.Duration, 0, batches)
	plateau := 0.0
	cpu, started := cpuTime(), time.Now()
	for b := range batches {
		start := time.Now()
		d, err := s.step(soakBatch)
		if err != nil {
			return r, err
		}
		took = append(took, time.Since(start))
		s.behind <- d
		if b%100 == 0 {
			s.show()
		}
		if b%(batches/soakRounds+1) != 0 {
			continue
		}
		now := rss()
		if s.o.Progress != nil {
			fmt.Fprintf(s.o.Progress, "soak: %d changes, %d ports, %.1f MB\n", b*soakBatch, len(s.alive),
				now/1e6)
		}
		switch {
		case b <= batches/4:
			plateau = max(plateau, now)
		case now > plateau+max(plateau*soakGrowth, soakNoise):
			return r, fmt.Errorf("after %d of %d changes the memory is %.1f MB, and was %.1f MB after a quarter",
				b*soakBatch, s.o.Changes, now/1e6, plateau/1e6)
		}
	}
	r.filled(s.o.Changes, time.Since(started), empty)
	r.BytesPerRow *= float64(s.o.Changes) / float64(max(1, s.flow.Len()))
	r.Rows = s.flow.Len()
	r.CPUSeconds = (cpuTime() - cpu).Seconds()
	r.changes(took)
	return r, nil
}

// step makes a batch of n random changes.
func (s *soak) step(n int) (delivery, error) {
	var d delivery
	txn, err := s.Begin()
	if err != nil {
		return d, err
	}
	for range n {
		change, i := txn.Insert, s.random.IntN(s.o.Ports*soakNames)
		k := 0
		if add := s.random.IntN(2*s.o.Ports) >= len(s.alive); !add {
			k = s.random.IntN(len(s.alive))
			change, i = txn.Delete, s.alive[k]
		} else if s.present[i] {
			continue
		}
		port, address := s.rows(i)
		if err := change(s.port, port...); err != nil {
			return d, err
		}
		if err := change(s.address, address...); err != nil {
			return d, err
		}
		s.note(&d, i, k)
	}
	d.changes, err = txn.Commit()
	return d, err
}

// note keeps the books of a change of port i, the k-th of the alive ones if it was present. What
// comes and goes in one batch is no change.
func (s *soak) note(d *delivery, i, k int) {
	if !s.present[i] {
		s.present[i] = true
		s.alive = append(s.alive, i)
		note(&d.inserted, &d.deleted, i)
		return
	}
	delete(s.present, i)
	s.alive[k] = s.alive[len(s.alive)-1]
	s.alive = s.alive[:len(s.alive)-1]
	note(&d.deleted, &d.inserted, i)
}

func note(list, opposite *[]int, i int) {
	if k := slices.Index(*opposite, i); k >= 0 {
		*opposite = slices.Delete(*opposite, k, k+1)
		return
	}
	*list = append(*list, i)
}

// show gives the reader some rows of now.
func (s *soak) show() {
	v := &view{hold: s.Store().Hold()}
	s.Each(s.flow, func(row []relations.Value) bool {
		v.rows = append(v.rows, slices.Clone(row))
		return len(v.rows) < 20
	})
	s.views <- v
}

// reader keeps eight views open, and looks at each when it comes and before it is closed.
func (s *soak) reader() {
	var open []*view
	for v := range s.views {
		for _, row := range v.rows {
			v.texts = append(v.texts, s.FactText(s.flow, row))
			if !s.isFlow(row) {
				s.fail(fmt.Errorf("a row reads %s", s.FactText(s.flow, row)))
			}
		}
		if open = append(open, v); len(open) <= 8 {
			continue
		}
		for i, row := range open[0].rows {
			if text := s.FactText(s.flow, row); text != open[0].texts[i] {
				s.fail(fmt.Errorf("a row of the past reads %s, and read %s", text, open[0].texts[i]))
			}
		}
		open[0].hold.Close()
		open = open[1:]
	}
	for _, v := range open {
		v.hold.Close()
	}
}

// sink takes the changes of the batches, as far behind as it may be.
func (s *soak) sink() {
	var waiting []delivery
	for d := range s.behind {
		if waiting = append(waiting, d); len(waiting) > s.o.Behind {
			s.check(waiting[0])
			waiting = waiting[1:]
		}
	}
	for _, d := range waiting {
		s.check(d)
	}
}

// check compares the changes of a batch with the flows of the ports that came and went.
func (s *soak) check(d delivery) {
	defer d.changes.Release()
	inserted, deleted := s.expected(d.inserted), s.expected(d.deleted)
	for _, rc := range d.changes.Relations {
		for want, rows := range map[*map[string]bool]*engine.Rows{&inserted: &rc.Inserted,
			&deleted: &rc.Deleted} {
			for i := range rows.Len() {
				text := s.FactText(rc.Relation, rows.At(i))
				if !(*want)[text] {
					s.fail(fmt.Errorf("batch %d has a change that it should not have: %s", d.changes.Batch, text))
				}
				delete(*want, text)
			}
		}
	}
	if len(inserted)+len(deleted) > 0 {
		s.fail(fmt.Errorf("batch %d lacks %d changes", d.changes.Batch, len(inserted)+len(deleted)))
	}
}

func (s *soak) expected(ports []int) map[string]bool {
	flows := map[string]bool{}
	for _, i := range ports {
		for _, f := range portFlows(i) {
			flows[f] = true
		}
	}
	return flows
}

func (s *soak) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
}
