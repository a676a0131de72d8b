package ovsdb

import (
	"fmt"
	"maps"
	"slices"
)

// transact sends a transaction.
func (l *loop) transact(t *Transaction, done func(Result)) {
	switch {
	case len(t.errors) > 0:
		done(refusal(t.errors))
		return
	case l.state != StateMonitoring || l.drop != nil:
		done(Result{
			Outcome: NotSent,
			Err:     fmt.Errorf("not connected to the database (%v): %w", l.state, ErrTryAgain),
		})
		return
	case t.count == 0:
		done(Result{Outcome: Committed})
		return
	}
	params := make([]byte, 0, len(t.operations)+len(l.config.Database)+4)
	params = append(appendName(append(params, '['), l.config.Database), ',')
	params = append(append(params, t.operations...), ']')
	count := t.count
	var id int64
	id = l.request("transact", params, func(reply envelope) error {
		result, err := parseResult(count, reply.result, reply.failure)
		if err != nil {
			// Nothing is known of the outcome; the transaction fails with the connection.
			return err
		}
		delete(l.inFlight, id)
		l.publish()
		done(result)
		return nil
	})
	l.inFlight[id] = done
}

// failInFlight ends the transactions that got no answer, in their order.
func (l *loop) failInFlight(reason error) {
	if len(l.inFlight) == 0 {
		return
	}
	waiting := l.inFlight
	l.inFlight = map[int64]func(Result){}
	l.publish()
	result := Result{
		Outcome: Unknown,
		Err:     fmt.Errorf("the connection ended before the answer (%v): %w", reason, ErrTryAgain),
	}
	for _, id := range slices.Sorted(maps.Keys(waiting)) {
		waiting[id](result)
	}
}
