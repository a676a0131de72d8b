package session

import (
	"context"

	"woven/bridge/tables"
	"woven/engine"
)

// Progress tells how far the writing has come.
type Progress struct {
	// Done says that every database has delivered its first copy, and that databases and sinks
	// hold everything that was derived, except for what is listed as a problem.
	Done bool
	// Written counts what was sent to each database, by prefix.
	Written map[string]tables.Stats
}

// Progress returns the present progress.
func (s *Session) Progress(ctx context.Context) (p Progress, err error) {
	err = s.Do(ctx, func(e *engine.Engine) {
		p = Progress{Done: s.turn.isOpen, Written: map[string]tables.Stats{}}
		for _, d := range s.parts {
			p.Done = p.Done && d.writer.Acked() == e.Batch()
			p.Written[d.Prefix] = d.writer.Stats()
		}
		for _, sink := range s.config.Sinks {
			p.Done = p.Done && sink.Acked() == e.Batch()
		}
	})
	return p, err
}
