package ovsdb

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// legs asks for the animals with that many legs.
func legs(numbers ...int64) []Condition {
	if len(numbers) == 0 {
		return []Condition{Never()}
	}
	var list []Condition
	for _, number := range numbers {
		list = append(list, Condition{Column: "legs", Function: Equal, Value: Integer(number)})
	}
	return list
}

// animalsOnly asks for names and legs of the animals that meet the conditions.
func animalsOnly(where ...Condition) func(*Config) {
	return func(c *Config) {
		c.Tables = []TableRequest{{Table: "Animal", Columns: []string{"name", "legs"}, Where: where}}
	}
}

// fill makes animals with 0 to 9 legs.
func fill(t testing.TB, client *ovsdbtest.Client) {
	t.Helper()
	for i := range 10 {
		_, err := client.Transact("Zoo", ovsdbtest.Operation{"op": "insert", "table": "Animal",
			"row": map[string]any{"name": fmt.Sprint(i), "legs": i}})
		require.NoError(t, err)
	}
}

// setLegs sets the conditions and waits until they are in force.
func (w *watched) setLegs(conditions []Condition) {
	w.t.Helper()
	sequence, err := w.SetConditions(map[string][]Condition{"Animal": conditions})
	require.NoError(w.t, err)
	w.until("conditions in force", func(s Status) bool { return s.ConditionsAcked >= sequence })
	require.NoError(w.t, w.conditions[sequence])
}

// names are the names in the mirror.
func (w *watched) names() []string {
	var names []string
	for _, row := range w.contents(w.t)["Animal"] {
		names = append(names, row["name"][1:2])
	}
	return names
}

// TestConditionsChange changes monitor conditions at run time: when they are acknowledged, the
// mirror holds exactly the rows that they admit.
func TestConditionsChange(t *testing.T) {
	server := zoo(t)
	client := dialServer(t, server)
	fill(t, client)
	w := watch(t, server.Unix(), animalsOnly(Never()))
	w.until("the first conditions", func(s Status) bool { return s.ConditionsAcked == 1 })
	require.Empty(t, w.names())
	w.setLegs(legs(2, 4))
	require.ElementsMatch(t, []string{"2", "4"}, w.names())
	w.setLegs(legs(4, 7))
	require.ElementsMatch(t, []string{"4", "7"}, w.names())

	// A row enters, one leaves, and one changes within what is admitted.
	w.commit(func(tx *Transaction) {
		is := func(name string) []Condition {
			return []Condition{{Column: "name", Function: Equal, Value: String(name)}}
		}
		tx.Update("Animal", is("1"), []Cell{{"legs", Integer(4)}})
		tx.Update("Animal", is("7"), []Cell{{"legs", Integer(1)}})
		tx.Update("Animal", is("4"), []Cell{{"legs", Integer(7)}})
	})
	require.ElementsMatch(t, []string{"1", "4"}, w.names())

	w.setLegs(nil)
	require.Len(t, w.names(), 10)
	w.same(client)
	w.setLegs(legs())
	require.Empty(t, w.names())

	before := w.Status().ConditionsAcked
	again, err := w.SetConditions(map[string][]Condition{"Animal": legs()})
	require.NoError(t, err)
	require.Equal(t, before, again, "nothing changed")
	require.Equal(t, 1, w.Status().Connections)
	_, err = w.SetConditions(map[string][]Condition{"Plant": nil})
	require.ErrorContains(t, err, "Plant")
	_, err = w.SetConditions(map[string][]Condition{"Animal": {
		{Column: "name", Function: Equal, Value: String("\xff")}}})
	require.ErrorContains(t, err, "UTF-8")
}

// TestConditionsOverReconnection changes conditions while the server is away, or does not answer
// before it dies.
func TestConditionsOverReconnection(t *testing.T) {
	server := zoo(t)
	fill(t, dialServer(t, server))
	w := watch(t, server.Unix(), animalsOnly(legs(1)...))
	w.connected()
	server.Freeze()
	_, err := w.SetConditions(map[string][]Condition{"Animal": legs(2, 3)})
	require.NoError(t, err)
	server.Kill()
	w.until("away", func(s Status) bool { return s.State != StateMonitoring })
	require.ElementsMatch(t, []string{"1"}, w.names())
	sequence, err := w.SetConditions(map[string][]Condition{"Animal": legs(3, 5)})
	require.NoError(t, err)
	server.Restart()
	w.until("in force", func(s Status) bool { return s.ConditionsAcked == sequence })
	require.ElementsMatch(t, []string{"3", "5"}, w.names())
}

// TestConditionsResume changes conditions while the session is between two servers of a cluster,
// which can tell it what it missed: under the conditions that were in force, and then the change.
func TestConditionsResume(t *testing.T) {
	cluster := ovsdbtest.StartCluster(t, 3, ovsdbtest.Schema(t, zooSchema))
	client := dialServer(t, cluster.Leader())
	fill(t, client)
	w := watch(t, cluster.Remotes(), animalsOnly(legs(1, 2)...))
	w.connected()
	for round := range 4 {
		wanted := legs(int64(round), 9)
		w.Reconnect()
		sequence, err := w.SetConditions(map[string][]Condition{"Animal": wanted})
		require.NoError(t, err)
		w.until("in force", func(s Status) bool { return s.ConditionsAcked >= sequence })
		require.ElementsMatch(t, []string{fmt.Sprint(round), "9"}, w.names())
	}
}

// TestConditionsRefused has the server refuse conditions: the session says so and goes on.
func TestConditionsRefused(t *testing.T) {
	server := zoo(t)
	fill(t, dialServer(t, server))
	w := watch(t, server.Unix(), animalsOnly(legs(1)...))
	w.connected()
	bad := []Condition{{Column: "legs", Function: Equal, Value: String("four")}}
	sequence, err := w.SetConditions(map[string][]Condition{"Animal": bad})
	require.NoError(t, err)
	w.until("answered", func(s Status) bool { return s.ConditionsAcked == sequence })
	require.ErrorContains(t, w.conditions[sequence], "refuses")
	require.Equal(t, []string{"1"}, w.names())
	w.setLegs(legs(6))
	require.Equal(t, []string{"6"}, w.names())
	require.Equal(t, 1, w.Status().Connections)

	// Conditions on what the server lacks admit all rows, rather than none or an error.
	w.setLegs([]Condition{{Column: "wings", Function: Equal, Value: Integer(2)}})
	require.Len(t, w.names(), 10)
}
