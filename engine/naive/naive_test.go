package naive_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine/function"
	"woven/engine/naive"
	"woven/engine/syntax"
	"woven/relations"
)

var (
	number = relations.T(relations.Number)
	text   = relations.T(relations.String)
	elem   = relations.VarType("T")
)

// registry holds just enough to try each way in which a rule calls Go; the tests thus do not
// rest on the library that the rules use.
func registry() *function.Registry {
	r := function.NewRegistry()
	arithmetic := func(f func(a, b int64) int64) function.Eval {
		return func(s *relations.Store, a []relations.Value) relations.Value {
			return s.Number(f(s.Int(a[0]), s.Int(a[1])))
		}
	}
	r.AddFunc(
		&function.Func{Name: "fn:plus", Params: []relations.Type{number, number}, Result: number,
			Eval: arithmetic(func(a, b int64) int64 { return a + b })},
		&function.Func{Name: "fn:first", Params: []relations.Type{relations.ListOf(elem)},
			Result: elem,
			Eval: func(s *relations.Store, a []relations.Value) relations.Value {
				return s.Elements(a[0])[0]
			}},
		&function.Func{Name: "fn:fmt", Params: []relations.Type{text, relations.T(relations.Any)},
			Variadic: true, Result: text, Compile: compileFormat})
	r.AddPredicate(
		&function.Predicate{Name: ":range",
			In:  []relations.Column{{Name: "From", Type: number}, {Name: "To", Type: number}},
			Out: []relations.Column{{Name: "N", Type: number}},
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				for n := s.Int(in[0]); n <= s.Int(in[1]); n++ {
					emit([]relations.Value{s.Number(n)})
				}
			}},
		&function.Predicate{Name: ":member",
			In:  []relations.Column{{Name: "List", Type: relations.ListOf(elem)}},
			Out: []relations.Column{{Name: "X", Type: elem}},
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				for _, v := range s.Elements(in[0]) {
					emit([]relations.Value{v})
				}
			}})
	r.AddReducer(
		&function.Reducer{Name: "fn:count", Result: number, State: function.CountState,
			Finish: func(s *relations.Store, _ []relations.Type, g function.Group) relations.Value {
				return s.Number(g.Count())
			}},
		&function.Reducer{Name: "fn:sum", Params: []relations.Type{number}, Result: number,
			State: function.SumState,
			Finish: func(s *relations.Store, _ []relations.Type, g function.Group) relations.Value {
				return s.Number(g.Sum())
			}},
		&function.Reducer{Name: "fn:least_by", Params: []relations.Type{elem, relations.VarType("K")},
			Result: elem, State: function.OrderedState,
			Finish: func(s *relations.Store, _ []relations.Type, g function.Group) relations.Value {
				return g.First()[0]
			}},
		&function.Reducer{Name: "fn:tally", Params: []relations.Type{elem},
			Result: relations.ListOf(text), State: function.OrderedState, Finish: tally})
	return r
}

// compileFormat takes the types of its arguments from the call, as the library's does.
func compileFormat(s *relations.Store, args []function.Arg) (function.Eval, error) {
	f := relations.Format{Pieces: strings.Split(s.TextOf(args[0].Value), "%s")}
	for _, a := range args[1:] {
		f.Verbs = append(f.Verbs, relations.VerbText)
		f.Types = append(f.Types, a.Type)
	}
	id, _ := s.RegisterFormat(f)
	return func(s *relations.Store, a []relations.Value) relations.Value {
		return s.Term(id, a[1:])
	}, nil
}

// tally lists the different values, each with how often it is there.
func tally(s *relations.Store, types []relations.Type, g function.Group) relations.Value {
	var out []relations.Value
	g.Each(func(args []relations.Value, count int64) bool {
		out = append(out, s.String(s.Text(types[0], args[0])+strings.Repeat("*", int(count))))
		return true
	})
	return s.List(text, out)
}

// eval runs a program whose base facts stand in it as facts.
func eval(t *testing.T, source string) naive.Result {
	t.Helper()
	e, err := prepare(t, source)
	require.NoError(t, err)
	result, err := e.Eval(nil, nil)
	require.NoError(t, err)
	return result
}

func prepare(t *testing.T, source string) (*naive.Evaluator, error) {
	t.Helper()
	file, faults := syntax.Parse("test.mg", []byte(source))
	require.Empty(t, faults)
	return naive.New([]*syntax.File{file}, registry(), relations.NewStore())
}

func TestTransitiveClosure(t *testing.T) {
	r := eval(t, `
		edge(1, 2). edge(2, 3). edge(3, 1). edge(3, 4).
		path(X, Y) :- edge(X, Y).
		path(X, Z) :- path(X, Y), path(Y, Z).`)
	require.Equal(t, []string{"1, 1", "1, 2", "1, 3", "1, 4", "2, 1", "2, 2", "2, 3", "2, 4",
		"3, 1", "3, 2", "3, 3", "3, 4"}, r["path"])
}

func TestMutualRecursion(t *testing.T) {
	r := eval(t, `
		next(0, 1). next(1, 2). next(2, 3). next(3, 4).
		even(0).
		even(Y) :- odd(X), next(X, Y).
		odd(Y) :- next(X, Y), even(X).`)
	require.Equal(t, []string{"0", "2", "4"}, r["even"])
	require.Equal(t, []string{"1", "3"}, r["odd"])
}

func TestNegation(t *testing.T) {
	r := eval(t, `
		node(1). node(2). node(3).
		edge(1, 2). edge(2, 2).
		no_way_out(X) :- !edge(X, _), node(X).
		not_to(X, Y) :- node(X), node(Y), !edge(X, Y), X != Y.
		quiet() :- !edge(_, 3).
		loud() :- !edge(_, 2).
		second(X) :- node(X), !no_way_out(X), !loud().`)
	require.Equal(t, []string{"3"}, r["no_way_out"])
	require.Equal(t, []string{"1, 3", "2, 1", "2, 3", "3, 1", "3, 2"}, r["not_to"])
	require.Equal(t, []string{""}, r["quiet"])
	require.Empty(t, r["loud"])
	require.Equal(t, []string{"1", "2"}, r["second"])
}

func TestMatching(t *testing.T) {
	r := eval(t, `
		p(1, 1, "a"). p(1, 2, "a"). p(2, 2, "b"). p(3, 4, "").
		same(X, S) :- p(X, X, S).
		constant(X) :- p(X, 2, "a").
		blank(S) :- p(_, _, S).
		successor(X) :- p(X, fn:plus(X, 1), _).
		bound_elsewhere(X) :- p(fn:plus(X, 1), _, _), p(X, _, _).
		computed(X) :- p(X, _, _), 4 > fn:plus(X, 1).
		named(Z, Y) :- Z = fn:plus(Y, Y), Y = X, p(X, _, _).`)
	require.Equal(t, []string{`1, "a"`, `2, "b"`}, r["same"])
	require.Equal(t, []string{"1"}, r["constant"])
	require.Equal(t, []string{`""`, `"a"`, `"b"`}, r["blank"])
	require.Equal(t, []string{"1", "3"}, r["successor"])
	require.Equal(t, []string{"1", "2"}, r["bound_elsewhere"])
	require.Equal(t, []string{"1", "2"}, r["computed"])
	require.Equal(t, []string{"2, 1", "4, 2", "6, 3"}, r["named"])
}

func TestComparisons(t *testing.T) {
	r := eval(t, `
		n(1). n(2). n(3). f(0.5). f(2.5).
		lt(X) :- n(X), X < 2.
		le(X) :- n(X), X <= 2.
		gt(X) :- n(X), X > 2.
		ge(X) :- n(X), X >= 2.
		eq(X) :- n(X), X = 2.
		ne(X) :- n(X), X != 2.
		float(X) :- f(X), X < 1.0.`)
	for name, want := range map[string][]string{"lt": {"1"}, "le": {"1", "2"}, "gt": {"3"},
		"ge": {"2", "3"}, "eq": {"2"}, "ne": {"1", "3"}, "float": {"0.5"}} {
		require.Equal(t, want, r[name], name)
	}
}

func TestFormattedTextIsText(t *testing.T) {
	r := eval(t, `
		n(1). n(2). s("port 1"). s("port 3").
		made(fn:fmt("port %s", X)) :- n(X).
		again(fn:fmt("%s 1", X)) :- both(_), X = "port".
		both(S) :- made(S), s(S).
		union(S) :- made(S).
		union(S) :- again(S).
		differ(S, T) :- made(S), s(T), S != T.
		let_made(S) :- n(X) |> let Y = fn:plus(X, 6), let S = fn:fmt("%s!", Y).`)
	require.Equal(t, []string{`"port 1"`}, r["both"])
	require.Equal(t, []string{`"port 1"`, `"port 2"`}, r["union"])
	require.Equal(t, []string{`"port 1", "port 3"`, `"port 2", "port 1"`, `"port 2", "port 3"`},
		r["differ"])
	require.Equal(t, []string{`"7!"`, `"8!"`}, r["let_made"])
}

func TestFlatteningPredicates(t *testing.T) {
	r := eval(t, `
		n(0). n(2). l([]). l([3, 1, 3]). l([fn:plus(1, 1), 9]).
		upto(X, Y) :- :range(1, X, Y), n(X).
		none(X) :- n(X), !:range(1, X, _).
		with_one(X) :- n(X), !:range(3, 4, 7), :range(fn:plus(X, 1), 3, 1).
		element(X) :- l(L), :member(L, X).
		without_nine(L) :- l(L), !:member(L, 9).
		sizes(L, N) :- l(L), :member(L, X) |> do fn:group_by(L), let N = fn:count().
		head(X) :- l(L), L != [], X = fn:first(L).`)
	require.Equal(t, []string{"2, 1", "2, 2"}, r["upto"])
	require.Equal(t, []string{"0"}, r["none"])
	require.Equal(t, []string{"0"}, r["with_one"])
	require.Equal(t, []string{"1", "2", "3", "9"}, r["element"])
	require.Equal(t, []string{"[3, 1, 3]", "[]"}, r["without_nine"])
	require.Equal(t, []string{"[2, 9], 2", "[3, 1, 3], 2"}, r["sizes"])
	require.Equal(t, []string{"2", "3"}, r["head"])
}

func TestConstructors(t *testing.T) {
	r := eval(t, `
		n(1). n(2).
		struct({/b: X, /a: "x"}) :- n(X).
		map([X : "n", 1: "one"]) :- n(X).
		nested([[X], []]) :- n(X).
		same(X) :- struct({/a: "x", /b: X}), n(X), map([1: "one", X : "n"]).`)
	require.Equal(t, []string{`{/a: "x", /b: 1}`, `{/a: "x", /b: 2}`}, r["struct"])
	require.Equal(t, []string{`[1: "one", 2: "n"]`, `[1: "one"]`}, r["map"])
	require.Equal(t, []string{"[[1], []]", "[[2], []]"}, r["nested"])
	require.Equal(t, []string{"2"}, r["same"])
}

func TestAggregates(t *testing.T) {
	r := eval(t, `
		p("a", 1, 5). p("a", 2, 5). p("a", 2, 6). p("b", 7, 5).
		# _ is projected away: the assignments of "a" are 1 and 2.
		count(K, N) :- p(K, X, _) |> do fn:group_by(K), let N = fn:count().
		sum(K, N) :- p(K, X, Y) |> do fn:group_by(K), let N = fn:sum(X).
		all(N, M) :- p(_, X, Y) |> do fn:group_by(), let N = fn:sum(Y), let M = fn:plus(N, 1).
		none(N) :- p("c", X, _) |> do fn:group_by(), let N = fn:count().
		tally(L) :- p(K, X, Y) |> do fn:group_by(), let L = fn:tally(X).
		least(K, X) :- p(K, X, Y) |> do fn:group_by(K), let X = fn:least_by(Y, fn:plus(X, Y)).
		keys(X, K) :- p(K, X, _), X < 7 |> do fn:group_by(X, K), let N = fn:count().
		twice(N) :- sum(K, X) |> do fn:group_by(), let N = fn:sum(X).
		sum("b", 0).`)
	require.Equal(t, []string{`"a", 2`, `"b", 1`}, r["count"])
	require.Equal(t, []string{`"a", 5`, `"b", 0`, `"b", 7`}, r["sum"])
	require.Equal(t, []string{"21, 22"}, r["all"])
	require.Empty(t, r["none"])
	require.Equal(t, []string{`["1*", "2**", "7*"]`}, r["tally"])
	require.Equal(t, []string{`"a", 5`, `"b", 5`}, r["least"])
	require.Equal(t, []string{`1, "a"`, `2, "a"`}, r["keys"])
	require.Equal(t, []string{"12"}, r["twice"])
}

func TestNegationAndAggregatesOverRecursion(t *testing.T) {
	r := eval(t, `
		edge(1, 2). edge(2, 3). edge(4, 4).
		path(X, Y) :- edge(X, Y).
		path(X, Z) :- edge(X, Y), path(Y, Z).
		apart(X, Y) :- edge(X, _), edge(Y, _), !path(X, Y).
		reach(X, N) :- path(X, Y) |> do fn:group_by(X), let N = fn:count().
		far(X) :- reach(X, 2).`)
	require.Equal(t, []string{"1, 1", "1, 4", "2, 1", "2, 2", "2, 4", "4, 1", "4, 2"}, r["apart"])
	require.Equal(t, []string{"1, 2", "2, 1", "4, 1"}, r["reach"])
	require.Equal(t, []string{"1"}, r["far"])
}

func TestComponents(t *testing.T) {
	r := eval(t, `
		Decl group(N, Least) descr [components("edge")] bound [/string, /string].
		edge("d", "c"). edge("b", "d"). edge("x", "x"). edge("z", "y"). edge("b", "c").
		alone(X) :- group(X, X), !edge(_, X).`)
	require.Equal(t, []string{`"b", "b"`, `"c", "b"`, `"d", "b"`, `"x", "x"`, `"y", "y"`, `"z", "y"`},
		r["group"])
	require.Equal(t, []string{`"b"`}, r["alone"])
}

func TestAllocator(t *testing.T) {
	const decl = `
		Decl got(Pool, Owner, N) descr [allocator("owner", "range", "wanted", "held")]
			bound [/name, /string, /number].
		range(/p, 1, 5). range(/q, 10, 10).
		Decl wanted(Pool, Owner, N) bound [/name, /string, /number].
		Decl held(Pool, Owner, N) bound [/name, /string, /number].
		`
	after := func(source string, before ...string) []string {
		e, err := prepare(t, decl+source)
		require.NoError(t, err)
		owners := naive.Result{"got": before}
		for _, row := range before {
			owners["owner"] = append(owners["owner"], row[:strings.LastIndex(row, ",")])
		}
		r, err := e.Eval(nil, owners)
		require.NoError(t, err)
		return r["got"]
	}
	require.Equal(t, []string{`/p, "a", 1`, `/p, "b", 2`, `/q, "x", 10`},
		after(`owner(/p, "b"). owner(/p, "a"). owner(/q, "y"). owner(/q, "x"). owner(/r, "z").`),
		"the lowest free number, in the order of owners; the second of /q gets none")
	require.Equal(t, []string{`/p, "a", 4`, `/p, "b", 1`, `/p, "c", 2`, `/p, "d", 3`},
		after(`owner(/p, "a"). owner(/p, "b"). owner(/p, "c"). owner(/p, "d").
			wanted(/p, "a", 4). wanted(/p, "b", 1). wanted(/p, "c", 9). held(/p, "c", 2).`,
			`/p, "b", 5`, `/p, "d", 3`),
		"a wish before what is held before what was before the lowest free; 9 is out of range")
	require.Equal(t, []string{`/p, "a", 2`, `/p, "b", 1`},
		after(`owner(/p, "a"). owner(/p, "b"). wanted(/p, "a", 2). wanted(/p, "b", 2).`),
		"of equal wishes the least owner's")
	require.Equal(t, []string{`/p, "a", 4`, `/p, "b", 1`},
		after(`owner(/p, "a", 2). owner(/p, "b", 3). owner(/p, "c", 2). wanted(/p, "a", 4).`),
		"blocks of numbers")
	require.Equal(t, []string{`/p, "a", 2`, `/p, "b", 1`},
		resized(t, decl+`owner(/p, "a", 2). owner(/p, "b", 1).`),
		"who needs more than before does not push others away")

	const policy = `
		Decl owner(Pool, Owner) descr [extensional()] bound [/name, /string].
		Decl got(Pool, Owner, N) descr [allocator("owner", "range", "none", "none", "after_max")]
			bound [/name, /string, /number].
		range(/p, 1, 3). owner(/p, "a"). owner(/p, "b"). owner(/p, "c"). owner(/p, "d").`
	e, err := prepare(t, policy)
	require.NoError(t, err)
	r, err := e.Eval(nil, naive.Result{"got": {`/p, "b", 2`}, "owner": {`/p, "b"`}})
	require.NoError(t, err)
	require.Equal(t, []string{`/p, "a", 3`, `/p, "b", 2`, `/p, "c", 1`}, r["got"])
}

// resized evaluates a program after one in which "a" had the number 3 alone and "b" 1.
func resized(t *testing.T, source string) []string {
	e, err := prepare(t, source)
	require.NoError(t, err)
	r, err := e.Eval(nil, naive.Result{"got": {`/p, "a", 3`, `/p, "b", 1`},
		"owner": {`/p, "a", 1`, `/p, "b", 1`}})
	require.NoError(t, err)
	return r["got"]
}

func TestBaseFacts(t *testing.T) {
	store := relations.NewStore()
	file, faults := syntax.Parse("test.mg", []byte(`
		Decl in(A, B) descr [extensional()] bound [/number, /string].
		Decl unused(A) bound [/number].
		out(B) :- in(A, B), A > 1.`))
	require.Empty(t, faults)
	e, err := naive.New([]*syntax.File{file}, registry(), store)
	require.NoError(t, err)
	row := func(n int64, s string) naive.Row {
		return naive.Row{naive.NewDatum(store, number, store.Number(n)),
			naive.NewDatum(store, text, store.String(s))}
	}
	r, err := e.Eval(map[string][]naive.Row{"in": {row(1, "x"), row(2, "y"), row(2, "y")}}, nil)
	require.NoError(t, err)
	require.Equal(t, naive.Result{"in": {`1, "x"`, `2, "y"`}, "out": {`"y"`}, "unused": {}}, r)

	r, err = e.Eval(nil, nil)
	require.NoError(t, err)
	require.Empty(t, r["out"], "nothing is left of the evaluation before")

	_, err = e.Eval(map[string][]naive.Row{"mistake": nil}, nil)
	require.ErrorContains(t, err, "no relation mistake")
}

func TestRefusedPrograms(t *testing.T) {
	for source, want := range map[string]string{
		"p(X) :- q(Y).":                                            "argument X is not bound",
		"p(X) :- q(X), !r(Y).":                                     "never bound",
		"p(X) :- q(X), !p(X).":                                     "depends on itself",
		"p(X) :- q(X), X < Y.":                                     "never bound",
		"a(X) :- b(X). b(X) :- c(X), !a(X).":                       "depends on itself",
		"p(N) :- p(X) |> do fn:group_by(), let N = fn:count().":    "depends on itself",
		"p(X, N) :- q(X) |> do fn:group_by(), let N = fn:count().": "argument X is not bound",
	} {
		_, err := prepare(t, source)
		require.ErrorContains(t, err, want, source)
	}
	for source, want := range map[string]string{
		"p(fn:nothing(1)).":      "no function fn:nothing",
		"p(1) :- :nothing(1).":   "no predicate :nothing",
		"p(1) :- :range(1).":     "has 1 arguments",
		"p(1). q(1) :- p(1, 2).": "2 arguments for 1 columns",
	} {
		e, err := prepare(t, source)
		require.NoError(t, err)
		_, err = e.Eval(nil, nil)
		require.ErrorContains(t, err, want, source)
	}
}
