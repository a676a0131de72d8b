package ovsdb

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Outcome is what became of a transaction.
type Outcome uint8

const (
	// Committed means that all operations took effect, and that the sink has seen what the monitor
	// shows of them.
	Committed Outcome = iota + 1
	// Refused means that the server (or the encoder) refused it: nothing took effect.
	Refused
	// NotSent means that there was no connection that is fit to take it: nothing took effect.
	NotSent
	// Unknown means that the connection ended before the answer: it took effect or did not. The
	// next batch, after the reconnection, shows which.
	Unknown
)

// String is the outcome in words.
func (o Outcome) String() string {
	switch o {
	case Committed:
		return "committed"
	case Refused:
		return "refused"
	case NotSent:
		return "not sent"
	case Unknown:
		return "unknown"
	}
	return "unknown outcome"
}

// ErrTryAgain is what errors wrap when the same transaction, made anew from the then present
// state, may well succeed: no connection, a lost answer, a failed Verify, a cluster between leaders.
var ErrTryAgain = errors.New("try again")

// ErrNotOwner is what errors wrap when an Assert found that the session does not hold the lock.
var ErrNotOwner = errors.New("the lock is not held")

// Result is what became of a transaction.
type Result struct {
	Outcome Outcome
	// Err is nil exactly when the outcome is Committed.
	Err error
	// Operations has an entry for each operation when the outcome is Committed, else none.
	Operations []OperationResult
	// Errors lists what was refused, usually one entry.
	Errors []OperationError
}

// OperationResult is what one operation did.
type OperationResult struct {
	Count int  // rows that an Update, Mutate or Delete matched
	UUID  UUID // the row that an Insert made
}

// CommitIndex is the Index of an OperationError that concerns the transaction as a whole, such as a
// constraint that is checked at commit.
const CommitIndex = -1

// OperationError is the server's reason to refuse a transaction (RFC 7047 section 5.2), or the
// encoder's.
type OperationError struct {
	Index   int    // the operation's index, or CommitIndex
	Name    string // such as "constraint violation", "referential integrity violation", "timed out"
	Details string // for people; may name the row or the column
}

// Error says which operation failed and why.
func (e *OperationError) Error() string {
	text := e.Name
	if e.Details != "" {
		text += ": " + e.Details
	}
	if e.Index == CommitIndex {
		return "commit: " + text
	}
	return fmt.Sprintf("operation %d: %s", e.Index, text)
}

// Is makes the errors that pass on their own match ErrTryAgain, and "not owner" ErrNotOwner.
func (e *OperationError) Is(target error) bool {
	switch e.Name {
	case "timed out", "cluster error", "unknown database", "canceled":
		return target == ErrTryAgain
	case "not owner":
		return target == ErrNotOwner
	}
	return false
}

// parseResult reads the answer to a transaction of count operations: the result member, and the
// error member in case the server refused the request as such.
func parseResult(count int, result, failure []byte) (Result, error) {
	if name, details, refused := parseError(failure); refused {
		return refusal([]OperationError{{Index: CommitIndex, Name: name, Details: details}}), nil
	}
	outcome := Result{Outcome: Committed, Operations: make([]OperationResult, 0, count)}
	var refused []OperationError
	s := scanner{bytes: result}
	s.expect('[')
	index := 0
	for first := true; s.more(']', first); first = false {
		done, reason := s.operationResult()
		if reason.Name != "" {
			reason.Index = index
			if index >= count {
				reason.Index = CommitIndex
			}
			refused = append(refused, reason)
		} else if index < count {
			outcome.Operations = append(outcome.Operations, done)
		}
		index++
	}
	switch {
	case s.failure != nil:
		return Result{}, fmt.Errorf("malformed answer to a transaction: %w", s.failure)
	case len(refused) > 0:
		return refusal(refused), nil
	case index < count:
		return Result{}, fmt.Errorf("malformed answer to a transaction: %d results for %d operations",
			index, count)
	}
	return outcome, nil
}

// operationResult reads what one operation did, or why it was refused; null stands for one that was
// not reached.
func (s *scanner) operationResult() (done OperationResult, reason OperationError) {
	if s.peek() == 'n' {
		s.word("null")
		return done, reason
	}
	s.expect('{')
	for first := true; s.more('}', first); first = false {
		switch name := s.key(); string(name) {
		case "count":
			done.Count = int(s.integer())
		case "uuid":
			done.UUID = s.uuid()
		case "error":
			if s.peek() == 'n' {
				s.word("null")
			} else {
				reason.Name = string(s.text())
			}
		case "details":
			reason.Details = string(s.text())
		default:
			s.skip()
		}
	}
	return done, reason
}

// refusal is the result of a transaction that did not take effect for these reasons.
func refusal(reasons []OperationError) Result {
	return Result{Outcome: Refused, Err: &reasons[0], Errors: reasons}
}

// parseError reads the error member of a reply; it is null in a reply that is none. Servers put an
// object of RFC 7047 section 3.1 there, or a plain string.
func parseError(failure []byte) (name, details string, isError bool) {
	if len(failure) == 0 || string(failure) == "null" {
		return "", "", false
	}
	var object struct{ Error, Details string }
	if json.Unmarshal(failure, &object) == nil && object.Error != "" {
		return object.Error, object.Details, true
	}
	if json.Unmarshal(failure, &name) == nil {
		return name, "", true
	}
	return abbreviate(string(failure)), "", true
}
