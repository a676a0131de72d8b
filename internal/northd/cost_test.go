package northd

import (
	"encoding/binary"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine"
	"woven/internal/program"
	"woven/relations"
)

// cloud is the rules without databases, to count what a change makes them do.
type cloud struct {
	t *testing.T
	*engine.Engine
}

func newCloud(t *testing.T) *cloud {
	program, err := program.Load("", "northd", slog.Default())
	require.NoError(t, err)
	e, err := engine.New(program, relations.NewStore(), engine.Options{LazyText: true})
	require.NoError(t, err)
	return &cloud{t, e}
}

func (c *cloud) uuid(kind, n int) relations.Value {
	var u [16]byte
	binary.BigEndian.PutUint64(u[:], uint64(kind))
	binary.BigEndian.PutUint64(u[8:], uint64(n))
	return c.Store().UUID(u)
}

func (c *cloud) insert(txn *engine.Txn, name string, row ...relations.Value) {
	r, ok := c.Relation(name)
	require.True(c.t, ok, name)
	require.NoError(c.t, txn.Insert(r, row...))
}

// addSwitches adds switches of two ports each and returns how many rows the transaction drove
// through rules, and how many it changed in the outputs.
func (c *cloud) addSwitches(from, to int) (work uint64, changed int) {
	before := c.work()
	txn, err := c.Begin()
	require.NoError(c.t, err)
	s := c.Store()
	for n := from; n < to; n++ {
		ls := c.uuid(1, n)
		c.insert(txn, "nb.Logical_Switch", ls)
		c.insert(txn, "nb.Logical_Switch.name", ls, s.String(fmt.Sprint("sw", n)))
		for p := range 2 {
			lsp := c.uuid(2, 2*n+p)
			c.insert(txn, "nb.Logical_Switch.ports", ls, lsp)
			c.insert(txn, "nb.Logical_Switch_Port", lsp)
			c.insert(txn, "nb.Logical_Switch_Port.name", lsp, s.String(fmt.Sprint("p", n, "-", p)))
			c.insert(txn, "nb.Logical_Switch_Port.type", lsp, s.String(""))
			address := fmt.Sprintf("02:00:00:00:%02x:%02x 10.%d.%d.%d", n>>7, n&127*2+p, p, n>>8, n&255)
			c.insert(txn, "nb.Logical_Switch_Port.addresses", lsp, s.String(address))
		}
	}
	changes, err := txn.Commit()
	require.NoError(c.t, err)
	defer changes.Release()
	for _, r := range changes.Relations {
		changed += r.Inserted.Len() + r.Deleted.Len()
	}
	return c.work() - before, changed
}

func (c *cloud) work() (n uint64) {
	for _, r := range c.Profile() {
		n += r.Stats.In + r.Stats.Out
	}
	return n
}

// TestAddingASwitchCostsTheSame counts, rather than times, what one more switch makes the rules
// do in a small and in a large cloud.
func TestAddingASwitchCostsTheSame(t *testing.T) {
	c := newCloud(t)
	c.addSwitches(0, 100)
	smallWork, smallChange := c.addSwitches(100, 101)
	c.addSwitches(101, 1000)
	largeWork, largeChange := c.addSwitches(1000, 1001)
	require.Equal(t, smallWork, largeWork)
	require.Equal(t, smallChange, largeChange)
	require.Greater(t, smallChange, 10)
}
