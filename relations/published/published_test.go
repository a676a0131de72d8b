package published

import (
	"net/netip"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/relations"
)

type rows [][]relations.Value

func (r rows) Len() int                   { return len(r) }
func (r rows) At(i int) []relations.Value { return r[i] }

func schema(name string, kinds ...relations.Kind) relations.Schema {
	s := relations.Schema{Name: name}
	for _, k := range kinds {
		s.Columns = append(s.Columns, relations.Column{Type: relations.T(k)})
	}
	return s
}

func texts(t *testing.T, s *Snapshot, relation string) (out []string) {
	require.NoError(t, s.All(relation, func(r Row) bool {
		out = append(out, r.String())
		return true
	}))
	return out
}

// A snapshot shows what was when it was taken, whatever comes after.
func TestSnapshotStays(t *testing.T) {
	s := relations.NewStore()
	d := New()
	require.ErrorIs(t, d.Snapshot().All("p", nil), ErrNotPublished{"p"})
	require.NoError(t, d.Apply(s, []Change{{Relation: "p"}}))
	row := func(n int64, text string) []relations.Value {
		return []relations.Value{s.Number(n), s.String(text)}
	}
	require.NoError(t, d.Load(s, []Content{
		{schema("p", relations.Number, relations.String), rows{row(1, "a"), row(1, "b"), row(11, "c")}},
		{schema("q"), rows{{}}}}))
	before := d.Snapshot()
	require.NoError(t, d.Apply(s, []Change{
		{Relation: "p", Deleted: rows{row(1, "a")}, Inserted: rows{row(2, "d")}},
		{Relation: "q", Deleted: rows{{}}},
		{Relation: "not published", Inserted: rows{row(1, "a")}}}))
	require.Equal(t, []string{`1, "a"`, `1, "b"`, `11, "c"`}, texts(t, before, "p"))
	require.Equal(t, []string{""}, texts(t, before, "q"))
	require.Equal(t, []string{`1, "b"`, `11, "c"`, `2, "d"`}, texts(t, d.Snapshot(), "p"))
	require.Empty(t, texts(t, d.Snapshot(), "q"))
	require.NoError(t, d.Load(s, nil))
	require.ErrorIs(t, d.Snapshot().All("p", nil), ErrNotPublished{"p"})
	require.Len(t, texts(t, before, "p"), 3)
}

// Rows are found by the first column, which is not mistaken for one that begins like it.
func TestByKey(t *testing.T) {
	s := relations.NewStore()
	d := New()
	mac, ip := s.MAC(0x0a0000000001), s.IP(netip.MustParsePrefix("10.0.0.1/32"))
	u := s.UUID([16]byte{1})
	float := s.Float(0.5)
	all := []relations.Kind{relations.String, relations.MAC, relations.IP, relations.UUID,
		relations.Float, relations.Name, relations.Number}
	row := func(key string) []relations.Value {
		return []relations.Value{s.String(key), mac, ip, u, float, s.Name("/x"), s.Number(7)}
	}
	require.NoError(t, d.Load(s, []Content{{schema("p", all...), rows{row("a"), row("ab"), row("")}}}))
	var found []Row
	require.NoError(t, d.Snapshot().ByKey("p", "a", func(r Row) bool {
		found = append(found, r)
		return true
	}))
	require.Equal(t, []Row{{"a", uint64(0x0a0000000001), netip.MustParsePrefix("10.0.0.1/32"), [16]byte{1},
		0.5, "/x", int64(7)}}, found)
	got, ok := d.Snapshot().Schema("p")
	require.True(t, ok)
	require.Len(t, got.Columns, len(all))
}

// Whatever moment a reader meets, two relations that change together agree.
func TestReadersSeeWholeBatches(t *testing.T) {
	s := relations.NewStore()
	d := New()
	number := func(n int64) rows { return rows{{s.Number(n)}} }
	require.NoError(t, d.Load(s, []Content{{schema("p", relations.Number), number(0)},
		{schema("q", relations.Number), number(0)}}))
	var readers sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				snapshot := d.Snapshot()
				var seen [2][]string
				for i, name := range []string{"p", "q"} {
					if err := snapshot.All(name, func(r Row) bool {
						seen[i] = append(seen[i], r.String())
						return true
					}); err != nil {
						t.Error(err)
					}
				}
				if len(seen[0]) != 1 || len(seen[1]) != 1 || seen[0][0] != seen[1][0] {
					t.Errorf("p is %v and q is %v", seen[0], seen[1])
					return
				}
			}
		})
	}
	for n := range int64(2000) {
		require.NoError(t, d.Apply(s, []Change{
			{Relation: "p", Deleted: number(n), Inserted: number(n + 1)},
			{Relation: "q", Deleted: number(n), Inserted: number(n + 1)}}))
	}
	close(done)
	readers.Wait()
}
