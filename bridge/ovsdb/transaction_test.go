package ovsdb

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"woven/internal/ovsdbtest"
)

// takenRow is the row that TestRefusals has in its zoo.
var takenRow = UUID{1, 2, 3, 4, 5, 6, 0x47, 8, 0x89, 10}

// refusals are transactions, the operation to blame, and the error that it ends with.
var refusals = map[string]struct {
	fill  func(*Transaction)
	index int
	name  string
	again bool
}{
	"range": {func(tx *Transaction) {
		tx.Comment("fine")
		tx.Insert(Insertion{Table: "Animal", Row: []Cell{{"legs", Integer(-6)}}})
	}, 1, "constraint violation", false},
	"enumeration": {func(tx *Transaction) {
		tx.Insert(Insertion{Table: "Animal", Row: []Cell{{"kind", String("bird")}}})
	}, 0, "constraint violation", false},
	"type": {func(tx *Transaction) {
		tx.Comment("fine")
		tx.Update("Animal", nil, []Cell{{"legs", String("four")}})
	}, 1, "syntax error", false},
	"column": {func(tx *Transaction) {
		tx.Update("Animal", nil, []Cell{{"wings", Integer(2)}})
	}, 0, "unknown column", false},
	"table": {func(tx *Transaction) { tx.Delete("Plant", nil) }, 0, "syntax error", false},
	"index": {func(tx *Transaction) {
		tx.Insert(Insertion{Table: "Animal", Row: []Cell{{"name", String("taken")}}})
	}, CommitIndex, "constraint violation", false},
	"reference": {func(tx *Transaction) {
		tx.Update("Animal", nil, []Cell{{"cage", Reference(UUID{1})}})
	}, CommitIndex, "referential integrity violation", false},
	"verify": {func(tx *Transaction) {
		tx.Verify("Animal", takenRow, []Cell{{"name", String("taken")}, {"legs", Integer(4)}})
		tx.Verify("Animal", takenRow, []Cell{{"legs", Integer(5)}})
	}, 1, "timed out", true},
	"verify no row": {func(tx *Transaction) {
		tx.Verify("Animal", UUID{9}, []Cell{{"legs", Integer(5)}})
	}, 0, "timed out", true},
	"wait": {func(tx *Transaction) {
		tx.Wait("Animal", nil, false, []string{"name"}, [][]Cell{{{"name", String("taken")}}}, time.Millisecond)
	}, 0, "timed out", true},
	"UTF-8": {func(tx *Transaction) {
		tx.Comment("fine")
		tx.Update("Animal", nil, []Cell{{"name", String("\xff")}})
	}, 1, "invalid value", false},
	"NUL": {func(tx *Transaction) {
		tx.Update("Animal", nil, []Cell{{"notes", Map(Pair{String("a"), String("b\x00")})}})
	}, 0, "invalid value", false},
	"not a number": {func(tx *Transaction) {
		tx.Update("Animal", nil, []Cell{{"weight", Real(nan())}})
	}, 0, "invalid value", false},
	"nested set": {func(tx *Transaction) {
		tx.Update("Animal", nil, []Cell{{"scores", Set(Set(Integer(1)))}})
	}, 0, "invalid value", false},
}

// TestRefusals has the server (or the encoder) refuse transactions for each kind of reason, and
// finds the operation that is to blame.
func TestRefusals(t *testing.T) {
	server := zoo(t)
	w := watch(t, server.Unix(), nil)
	w.connected()
	w.commit(func(tx *Transaction) {
		tx.Insert(Insertion{Table: "Animal", UUID: takenRow,
			Row: []Cell{{"name", String("taken")}, {"legs", Integer(4)}}})
	})
	before := w.contents(t)
	for name, c := range refusals {
		t.Run(name, func(t *testing.T) {
			result := w.try(c.fill)
			require.Equal(t, Refused, result.Outcome)
			require.Error(t, result.Err)
			require.Len(t, result.Errors, 1)
			require.Equal(t, c.index, result.Errors[0].Index)
			require.Equal(t, c.name, result.Errors[0].Name)
			var operation *OperationError
			require.ErrorAs(t, result.Err, &operation)
			if c.again {
				require.ErrorIs(t, result.Err, ErrTryAgain)
			} else {
				require.NotErrorIs(t, result.Err, ErrTryAgain)
			}
			require.Empty(t, result.Operations)
		})
	}
	require.Equal(t, before, w.contents(t))
	require.Equal(t, 1, w.Status().Connections, "no refusal costs the connection")
}

func nan() float64 {
	zero := 0.0
	return zero / zero
}

// TestWaits has a transaction wait for what another one does, and a verification hold.
func TestWaits(t *testing.T) {
	server := zoo(t)
	w := watch(t, server.Unix(), nil)
	w.connected()
	waiting := make(chan Result, 1)
	var patient Transaction
	name := []Condition{{Column: "name", Function: Equal, Value: String("n")}}
	patient.Wait("Animal", name, true, []string{"legs"}, [][]Cell{{{"legs", Integer(3)}}}, ovsdbtest.Patience)
	patient.Update("Animal", name, []Cell{{"legs", Integer(5)}})
	w.Transact(&patient, func(result Result) { waiting <- result })
	w.until("in flight", func(s Status) bool { return s.InFlight == 1 })
	made := w.commit(func(tx *Transaction) {
		tx.Insert(Insertion{Table: "Animal", UUID: UUID{1, 2, 3, 4, 5, 6, 0x47, 8, 0x89, 10},
			Row: []Cell{{"name", String("n")}, {"legs", Integer(3)}}})
	})
	require.Equal(t, UUID{1, 2, 3, 4, 5, 6, 0x47, 8, 0x89, 10}, made.Operations[0].UUID, "the given UUID")
	require.NoError(t, (<-waiting).Err)
	w.commit(func(tx *Transaction) {
		tx.Verify("Animal", made.Operations[0].UUID, []Cell{{"legs", Integer(5)}})
	})
	w.commit(func(*Transaction) {})
}

// TestSinkBeforeReply checks that whoever hears of a transaction's end finds its effect in the
// mirror, also with many in flight.
func TestSinkBeforeReply(t *testing.T) {
	server := zoo(t)
	w := watch(t, server.Unix(), nil)
	w.connected()
	const count = 300
	seen := make(chan string, count)
	for i := range count {
		name := fmt.Sprint("n", i)
		var transaction Transaction
		transaction.Insert(Insertion{Table: "Animal", Row: []Cell{{"name", String(name)}}})
		w.Transact(&transaction, func(result Result) {
			if _, found := w.rows["Animal"][result.Operations[0].UUID]["name"][name]; found {
				seen <- name
			} else {
				seen <- "nothing"
			}
		})
	}
	for i := range count {
		require.Equal(t, fmt.Sprint("n", i), <-seen)
	}
}

// TestLostAnswers ends the connection under transactions: each ends exactly once, with an outcome
// that says that nobody knows, and none can be sent then.
func TestLostAnswers(t *testing.T) {
	server := zoo(t)
	w := watch(t, server.Unix(), nil)
	w.connected()
	server.Freeze()
	results := make(chan Result, 10)
	for range 5 {
		var transaction Transaction
		transaction.Insert(Insertion{Table: "Animal"})
		w.Transact(&transaction, func(result Result) { results <- result })
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var abandoned Transaction
	abandoned.Comment("nobody waits")
	require.Equal(t, Unknown, w.Commit(ctx, &abandoned).Outcome)
	w.until("in flight", func(s Status) bool { return s.InFlight == 6 })
	server.Kill()
	for range 5 {
		result := <-results
		require.Equal(t, Unknown, result.Outcome)
		require.ErrorIs(t, result.Err, ErrTryAgain)
	}
	w.until("away", func(s Status) bool { return s.State != StateMonitoring })
	refused := w.try(func(tx *Transaction) { tx.Comment("x") })
	require.Equal(t, NotSent, refused.Outcome)
	require.ErrorIs(t, refused.Err, ErrTryAgain)
	w.Close()
	require.Equal(t, NotSent, w.try(func(tx *Transaction) { tx.Comment("x") }).Outcome)
	require.Empty(t, results)
	require.Zero(t, w.Status().InFlight)
	require.Equal(t, StateClosed, w.Status().State)
}

// TestBothDirectionsFull sends much more than sockets hold while as much comes back, which would
// stop a session that waits for its own writes.
func TestBothDirectionsFull(t *testing.T) {
	server := zoo(t)
	w := watch(t, server.TCP(), nil)
	w.connected()
	long := make([]byte, 300_000)
	for i := range long {
		long[i] = 'a' + byte(i%26)
	}
	const count = 60
	results := make(chan Result, count)
	for i := range count {
		var transaction Transaction
		transaction.Insert(Insertion{Table: "Animal", Row: []Cell{
			{"name", String(fmt.Sprint(i))}, {"foods", Set(String(long))}}})
		w.Transact(&transaction, func(result Result) { results <- result })
	}
	for range count {
		require.NoError(t, (<-results).Err)
	}
	w.same(dialServer(t, server))
}

// TestTextEncoding compares the encoding of texts with another decoder's reading of them.
func TestTextEncoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		encoded, err := appendText(nil, text)
		for _, c := range text {
			if c == 0 {
				require.ErrorContains(t, err, "NUL")
				return
			}
		}
		require.NoError(t, err)
		var decoded string
		require.NoError(t, json.Unmarshal(encoded, &decoded))
		require.Equal(t, text, decoded)
		s := scanner{bytes: encoded}
		require.Equal(t, text, string(s.text()))
		require.NoError(t, s.failure)
	})
}
