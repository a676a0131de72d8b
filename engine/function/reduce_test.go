package function

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/relations"
)

// rowGroup is a group that computes everything from its rows.
type rowGroup struct {
	s     *relations.Store
	types []relations.Type
	rows  [][]relations.Value // in order
}

func (g rowGroup) compare(a, b []relations.Value) int {
	for i, t := range g.types {
		if c := g.s.Compare(t, a[i], b[i]); c != 0 {
			return c
		}
	}
	return 0
}

func (g rowGroup) Count() int64 { return int64(len(g.rows)) }

func (g rowGroup) Sum() (n int64) {
	for _, r := range g.rows {
		n += g.s.Int(r[0])
	}
	return n
}

func (g rowGroup) First() []relations.Value { return g.rows[0] }

func (g rowGroup) Last() []relations.Value { return g.rows[len(g.rows)-1] }

func (g rowGroup) Distinct() (n int) {
	g.Each(func([]relations.Value, int64) bool { n++; return true })
	return n
}

func (g rowGroup) Each(f func([]relations.Value, int64) bool) {
	for i := 0; i < len(g.rows); {
		j := i
		for j < len(g.rows) && g.compare(g.rows[i], g.rows[j]) == 0 {
			j++
		}
		if !f(g.rows[i], int64(j-i)) {
			return
		}
		i = j
	}
}

var reducerCases = []struct {
	name string
	rows []in
	want string
}{
	{"fn:count", []in{{}, {}, {}}, "3"},
	{"fn:count_distinct", []in{{1}, {2}, {1}}, "2"},
	{"fn:sum", []in{{5}, {-7}, {5}}, "3"},
	{"fn:sum", []in{{1<<63 - 1}, {1}}, "-9223372036854775808"},
	{"fn:avg", []in{{1}, {2}, {2}}, "1.6666666666666667"},
	{"fn:avg", []in{{4}}, "4.0"},
	{"fn:float:sum", []in{{1.5}, {1.5}, {-1.0}}, "2.0"},
	{"fn:float:sum", []in{{1e300}, {1.0}, {-1e300}}, "0.0"},
	{"fn:float:avg", []in{{1.0}, {2.0}, {2.0}, {5.0}}, "2.5"},
	{"fn:min", []in{{3}, {-1}, {2}}, "-1"},
	{"fn:min", []in{{"b"}, {"a"}}, "a"},
	{"fn:max", []in{{3}, {-1}, {2}}, "3"},
	{"fn:max", []in{{ipText("10.0.0.9")}, {ipText("10.0.0.10")}}, "10.0.0.10"},
	{"fn:least_by", []in{{2, "a"}, {1, "c"}, {1, "b"}}, "b"},
	{"fn:greatest_by", []in{{2, "a"}, {2, "c"}, {1, "z"}}, "c"},
	{"fn:collect", []in{{3}, {1}, {3}}, "[1, 3, 3]"},
	{"fn:collect_distinct", []in{{"b"}, {"a"}, {"b"}}, `["a", "b"]`},
	{"fn:collect_to_map", []in{{"k", 2}, {"k", 1}, {"a", 9}}, `["a": 9, "k": 1]`},
	{"fn:join", []in{{"b", ", "}, {"a", ", "}, {"b", ", "}, {"c", ", "}}, "a, b, c"},
	{"fn:join", []in{{"a", ", "}}, "a"},
	{"fn:join", []in{{"", ","}, {"a", ","}}, ",a"},
	{"fn:join", []in{{"a", "+"}, {"a", "-"}, {"b", "-"}}, "a+b"},
	{"fn:join", []in{{"a", ""}, {"aa", ""}}, "aaa"},
}

func TestReducers(t *testing.T) {
	for _, c := range reducerCases {
		require.Equal(t, c.want, reduce(t, c.name, c.rows), c.name)
	}
}

// TestReducersOfSetsIgnoreRepeatedRows repeats rows: a reducer says OfSet if, and only if, that
// changes none of its results.
func TestReducersOfSetsIgnoreRepeatedRows(t *testing.T) {
	changed := map[string]bool{}
	for _, c := range reducerCases {
		repeated := append(append([]in{}, c.rows[0], c.rows[0]), c.rows...)
		changed[c.name] = changed[c.name] || c.want != reduce(t, c.name, repeated)
	}
	for name, r := range Default().Reducers {
		require.Equal(t, r.OfSet, !changed[name], name)
	}
}

// reduce gives a reducer the rows of a group and returns the text of its result.
func reduce(t *testing.T, name string, rows []in) string {
	s, r := relations.NewStore(), Default().Reducers[name]
	g := rowGroup{s: s}
	var args []Arg
	for _, row := range rows {
		var values []relations.Value
		args, g.types = nil, nil
		for _, x := range row {
			a := argument(t, s, x)
			args, g.types, values = append(args, a), append(g.types, a.Type), append(values, a.Value)
		}
		g.rows = append(g.rows, values)
	}
	slices.SortFunc(g.rows, g.compare)
	vars := map[string]relations.Type{}
	for i, a := range args {
		bind(vars, r.Params[i], a.Type)
	}
	return s.Text(substitute(vars, r.Result), r.Finish(s, g.types, g))
}
