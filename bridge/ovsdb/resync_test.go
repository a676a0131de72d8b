package ovsdb

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// keeper changes a zoo at random through a connection of its own, which it makes anew as needed.
type keeper struct {
	random *rand.Rand
	remote string
	client *ovsdbtest.Client
	count  int
}

// change makes one random transaction; a server that is away makes it fail.
func (k *keeper) change() error {
	if k.client == nil {
		client, err := ovsdbtest.Dial(k.remote)
		if err != nil {
			return err
		}
		k.client = client
	}
	k.count++
	_, err := k.client.Transact("Zoo", k.operations()...)
	if err != nil {
		k.client.Close()
		k.client = nil
	}
	return err
}

func (k *keeper) operations() []ovsdbtest.Operation {
	name := func() string { return fmt.Sprint("a", k.random.IntN(30)) }
	set := func(elements ...any) []any { return []any{"set", append([]any{}, elements...)} }
	where := []any{[]any{"name", "==", name()}}
	row := ovsdbtest.Operation{
		"legs":   1 + k.random.IntN(5),
		"weight": float64(k.random.IntN(1000)) / 8,
		"scores": set(k.random.IntN(3), 3+k.random.IntN(3)),
		"notes":  []any{"map", []any{[]any{fmt.Sprint(k.random.IntN(3)), fmt.Sprint(k.random.IntN(3))}}},
	}
	animal := name()
	fresh := ovsdbtest.Operation{"name": animal, "legs": 1, "cage": []any{"named-uuid", "cage"}}
	replace := []ovsdbtest.Operation{
		{"op": "delete", "table": "Animal", "where": []any{[]any{"name", "==", animal}}},
		{"op": "insert", "table": "Cage", "uuid-name": "cage", "row": map[string]any{"size": k.random.IntN(9)}},
		{"op": "insert", "table": "Animal", "uuid-name": "pet", "row": fresh},
		{"op": "mutate", "table": "Animal", "where": []any{[]any{"legs", ">", 0}}, "mutations": []any{
			[]any{"friends", "insert", []any{"named-uuid", "pet"}}}},
	}
	switch k.random.IntN(5) {
	case 0:
		return []ovsdbtest.Operation{{"op": "delete", "table": "Animal", "where": where}}
	case 1, 2:
		return []ovsdbtest.Operation{{"op": "update", "table": "Animal", "where": where, "row": row}}
	case 3:
		return []ovsdbtest.Operation{{"op": "mutate", "table": "Animal", "where": where, "mutations": []any{
			[]any{"scores", "delete", set(k.random.IntN(6))}, []any{"foods", "insert", set("x")},
			[]any{"cage", "delete", set()}}}}
	}
	return replace
}

// mark inserts a row by which a mirror shows that it has seen everything up to now.
func mark(t testing.TB, client *ovsdbtest.Client, name string) {
	t.Helper()
	_, err := client.Transact("Zoo", ovsdbtest.Operation{
		"op": "insert", "table": "Animal", "row": map[string]any{"name": name}})
	require.NoError(t, err)
}

// seeded returns a random source, and says how to get the same again.
func seeded(t testing.TB) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// TestResyncAfterKills kills and restarts a standalone server at random points, while another
// client changes its database also when the session is away: no row is lost, none is a ghost.
func TestResyncAfterKills(t *testing.T) {
	random := seeded(t)
	server := zoo(t)
	w := watch(t, server.Unix()+","+server.TCP(), nil)
	k := &keeper{random: random, remote: server.Unix()}
	for round := range 8 {
		for range random.IntN(40) {
			require.NoError(t, k.change())
		}
		if random.IntN(2) == 0 {
			// The session may be in the middle of anything.
			time.Sleep(time.Duration(random.IntN(3000)) * time.Microsecond)
		} else {
			w.connected()
		}
		server.Kill()
		k.client = nil
		server.Restart()
		marker := fmt.Sprint("marker ", round)
		client := dialServer(t, server)
		mark(t, client, marker)
		w.awaitValue(t, "Animal", "name", marker)
		w.same(client)
	}
	require.Greater(t, k.count, 0)
	require.GreaterOrEqual(t, w.Status().Connections, 2)
	resyncs := 0
	for _, batch := range w.batches {
		if batch.Kind == BatchResync {
			resyncs++
		}
	}
	require.Positive(t, resyncs)
}

// TestClusterResume loses its server of a cluster again and again, and is told just what it missed
// by the next one.
func TestClusterResume(t *testing.T) {
	random := seeded(t)
	cluster := ovsdbtest.StartCluster(t, 3, ovsdbtest.Schema(t, zooSchema))
	leader := cluster.Leader()
	client := dialServer(t, leader)
	// A server keeps no more history than the database is large.
	for batch := range 20 {
		var rows []ovsdbtest.Operation
		for i := range 100 {
			rows = append(rows, ovsdbtest.Operation{"op": "insert", "table": "Animal",
				"row": map[string]any{"name": fmt.Sprint("ballast ", batch, " ", i)}})
		}
		_, err := client.Transact("Zoo", rows...)
		require.NoError(t, err)
	}

	w := watch(t, cluster.Remotes(), nil)
	w.connected()
	for round := range 6 {
		k := &keeper{random: random, remote: leader.Unix()}
		w.Reconnect()
		for range 10 + random.IntN(10) {
			require.NoError(t, k.change())
		}
		marker := fmt.Sprint("marker ", round)
		mark(t, client, marker)
		w.awaitValue(t, "Animal", "name", marker)
		w.same(client)
	}
	require.GreaterOrEqual(t, w.Status().Connections, 3)
	require.NotZero(t, w.Status().Transaction)
	for i, batch := range w.batches {
		require.Equal(t, i == 0, batch.Kind != BatchUpdate, "batch %d is a %v", i, batch.Kind)
	}
}

// TestLeaderOnly follows the leadership of a cluster, which ends with its server's death, and gets
// on with what is left of it.
func TestLeaderOnly(t *testing.T) {
	cluster := ovsdbtest.StartCluster(t, 3, ovsdbtest.Schema(t, zooSchema))
	w := watch(t, cluster.Remotes(), func(c *Config) { c.LeaderOnly = true })
	for round := range 2 {
		leader := cluster.Leader()
		status := w.until("connected to the leader", func(s Status) bool {
			return s.State == StateMonitoring && s.Remote == leader.Unix()
		})
		require.True(t, status.Leader)
		require.Equal(t, "clustered", status.Model)
		w.commit(func(tx *Transaction) {
			tx.Insert(Insertion{Table: "Animal", Row: []Cell{{"name", String(fmt.Sprint(round))}}})
		})
		w.same(dialServer(t, leader))
		if round == 0 {
			leader.Kill()
		}
	}
	// Without its majority, the last leader is not fit either, but what is known stays.
	leader := cluster.Leader()
	for _, server := range cluster.Servers {
		if server != leader {
			server.Kill()
		}
	}
	w.until("refused", func(s Status) bool { return s.State == StateBackoff })
	require.Len(t, w.contents(t)["Animal"], 2)
}

// TestClusterKills kills and restarts servers of a cluster at random points, while changes go on
// through those that are left.
func TestClusterKills(t *testing.T) {
	random := seeded(t)
	cluster := ovsdbtest.StartCluster(t, 3, ovsdbtest.Schema(t, zooSchema))
	w := watch(t, cluster.Remotes(), nil)
	for round := range 4 {
		victim := cluster.Servers[random.IntN(3)]
		k := &keeper{random: random, remote: cluster.Leader().Unix()}
		for range random.IntN(10) {
			require.NoError(t, k.change())
		}
		victim.Kill()
		leader := cluster.Leader()
		k = &keeper{random: random, remote: leader.Unix()}
		for range 10 {
			_ = k.change() // the leadership may just be changing
		}
		client := dialServer(t, cluster.Leader())
		marker := fmt.Sprint("marker ", round)
		require.Eventually(t, func() bool {
			_, err := client.Transact("Zoo", ovsdbtest.Operation{
				"op": "insert", "table": "Animal", "row": map[string]any{"name": marker}})
			return err == nil
		}, ovsdbtest.Patience, 20*time.Millisecond)
		w.awaitValue(t, "Animal", "name", marker)
		w.same(client)
		victim.Restart()
	}
}
