package ovsdb

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEveryType writes values of every type through one session, and sees them arrive, change and
// go in its mirror as the server has them.
func TestEveryType(t *testing.T) {
	server := zoo(t)
	client := dialServer(t, server)
	w := watch(t, server.Unix(), nil)
	w.connected()

	result := w.commit(func(tx *Transaction) {
		tx.Insert(Insertion{Table: "Cage", Name: "big", Row: []Cell{{"size", Integer(7)}}})
		tx.Insert(Insertion{Table: "Animal", Name: "first", Row: []Cell{
			{"name", String("a \"quoted\" \\ text\n\t\x01 ünï 🐘")}, {"legs", Integer(-3)},
			{"weight", Real(1.5e-7)}, {"tame", Boolean(true)},
			{"token", Reference(UUID{1, 2, 3, 0xff})}, {"nick", Set(String(""))},
			{"cage", NamedReference("big")}, {"friends", Set(NamedReference("second"))},
			{"scores", Set(Integer(math.MaxInt64), Integer(math.MinInt64), Integer(0))},
			{"foods", Set(String("set"), String("map"))},
			{"notes", Map(Pair{String("k"), String("v")}, Pair{String(""), String("")})},
			{"seen", Map(Pair{Integer(1), NamedReference("second")})},
			{"single", Map(Pair{String("x"), Integer(1)})}, {"kind", String("cat")}}})
		tx.Insert(Insertion{Table: "Animal", Name: "second", Row: []Cell{{"name", String("2")}}})
		tx.Comment("for the log")
	})
	require.NotZero(t, result.Operations[1].UUID)
	require.Zero(t, w.Status().InFlight)
	w.same(client)
	require.Len(t, w.rows["Animal"], 2)

	first, second := result.Operations[1].UUID, result.Operations[2].UUID
	result = w.commit(func(tx *Transaction) {
		tx.Update("Animal", []Condition{RowIs(first)}, []Cell{{"weight", Real(-2)}, {"nick", Value{}},
			{"notes", Map(Pair{String("k"), String("w")}, Pair{String("new"), String("n")})},
			{"single", Map(Pair{String("x"), Integer(2)})}, {"foods", Value{}}})
		tx.Mutate("Animal", []Condition{RowIs(first)}, []Mutation{
			{"scores", MutateDelete, Set(Integer(0))},
			{"scores", MutateInsert, Set(Integer(5), Integer(6))},
			{"seen", MutateDelete, Map(Pair{Integer(1), Reference(second)})},
			{"legs", MutateAdd, Integer(4)}})
		tx.Update("Animal", []Condition{{Column: "name", Function: Equal, Value: String("2")}},
			[]Cell{{"cage", Value{}}, {"tame", Boolean(true)}})
	})
	require.Equal(t, []int{1, 1, 1},
		[]int{result.Operations[0].Count, result.Operations[1].Count, result.Operations[2].Count})
	w.same(client)

	w.commit(func(tx *Transaction) { tx.Delete("Animal", []Condition{RowIs(second)}) })
	w.same(client)
	require.Len(t, w.rows["Animal"], 1)

	again := watch(t, server.TCP(), nil)
	again.connected()
	again.same(client)

	w.commit(func(tx *Transaction) { tx.Update("Animal", nil, []Cell{{"scores", Value{}}}) })
	w.same(client)
	w.commit(func(tx *Transaction) { tx.Delete("Animal", nil) })
	require.Empty(t, w.contents(t))
	again.await(t, "empty", func() bool { return len(again.rows["Animal"]) == 0 })
	again.same(client)
}
