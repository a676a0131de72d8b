package hashtable

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestAgainstMap compares with a map under insertions and removals of few, clashing hashes.
func TestAgainstMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, model := New(0), map[uint32]uint32{}
		hash := rapid.SampledFrom([]uint32{0, 1, 1 << 31, ^uint32(0), ^uint32(0) - 1, 7 << 28})
		for id := range uint32(rapid.IntRange(1, 200).Draw(t, "steps")) {
			if len(model) > 0 && rapid.Bool().Draw(t, "remove") {
				for old, h := range model {
					table.Remove(table.Find(h, old))
					delete(model, old)
					break
				}
				continue
			}
			h := hash.Draw(t, "hash")
			model[id] = h
			table.Add(h, id)
		}
		require.Equal(t, len(model), table.Len())
		seen := map[uint32]uint32{}
		table.Each(func(h, id uint32) { seen[id] = h })
		require.Equal(t, model, seen)
		for id, h := range model {
			slot := table.Find(h, id)
			_, x := table.Seek(h, slot)
			require.Equal(t, id, x)
		}
		_, none := table.Seek(12345, table.Start(12345))
		require.Equal(t, None, none)
	})
}
