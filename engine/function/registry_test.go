package function

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/relations"
)

// Whatever can be called has a case, except reducers, which have a test of their own.
func TestEveryNameHasACase(t *testing.T) {
	r, called := Default(), map[string]bool{}
	for _, c := range every() {
		called[c.name] = true
	}
	for _, c := range reducerCases {
		called[c.name] = true
	}
	for _, n := range r.Names() {
		require.True(t, called[n], "%s has no case", n)
	}
}

func TestEveryNameIsDescribed(t *testing.T) {
	r := Default()
	described := func(name, prefix, doc string) {
		require.True(t, strings.HasPrefix(name, prefix), name)
		require.True(t, strings.HasSuffix(doc, "."), "%s: its doc ends no sentence", name)
		require.Regexp(t, `^[A-Z0-9/"]`, doc, name)
	}
	for n, f := range r.Funcs {
		require.Equal(t, n, f.Name)
		described(n, "fn:", f.Doc)
		require.True(t, (f.Eval == nil) != (f.Compile == nil), "%s has one way to be computed", n)
		require.NotContains(t, r.Reducers, n)
	}
	for n, p := range r.Predicates {
		require.Equal(t, n, p.Name)
		described(n, ":", p.Doc)
		require.NotEmpty(t, p.Out, n)
		for _, c := range append(p.In, p.Out...) {
			require.NotEmpty(t, c.Name, n)
		}
		base, ok := strings.CutSuffix(n, "_error")
		if ok && base != ":lsp_address" && base != ":port_security" {
			require.Contains(t, r.Predicates, base)
			require.Equal(t, r.Predicates[base].In, p.In, "twins read the same")
		}
	}
	for n, f := range r.Reducers {
		require.Equal(t, n, f.Name)
		described(n, "fn:", f.Doc)
		require.NotNil(t, f.Finish, n)
	}
	require.Len(t, r.Names(), len(r.Funcs)+len(r.Predicates)+len(r.Reducers))
}

// A text predicate and its twin never both yield rows, and never both none.
func TestTwins(t *testing.T) {
	r, s := Default(), relations.NewStore()
	yields := func(name, in string) (n int) {
		r.Predicates[name].Eval(s, []relations.Value{s.String(in)}, func([]relations.Value) { n++ })
		return n
	}
	for _, in := range []string{"", " ", "1", "-1", "0x1f", "x", "10.0.0.1", "10.0.0.1/8", "10.0.0.1/99",
		"10.0.0.1/255.0.255.0", "fd00::1", "fd00::/8", "fd00::/8x", "0a:00:00:00:00:01",
		"0a:00:00:00:00:01 ", "01234567-89ab-cdef-0123-456789abcdef", "10.0.0.1 fd00::1"} {
		for _, name := range []string{":number", ":mac", ":ip4", ":ip6", ":ip", ":ip4_masked", ":uuid",
			":mac_start", ":mac_prefix", ":option_number"} {
			require.Equal(t, 1, yields(name, in)+yields(name+"_error", in), "%s(%q)", name, in)
		}
		require.Equal(t, 1, yields(":port_security_mac", in)+yields(":port_security_error", in))
		require.Equal(t, 1, yields(":lsp_address_mac", in)+yields(":lsp_address_error", in))
	}
}

// What rules call for every row allocates nothing once its result is known; a predicate
// allocates the row that it yields.
func TestCallsAllocateNothing(t *testing.T) {
	r, s := Default(), relations.NewStore()
	for _, c := range []callCase{
		{"fn:fmt", in{"eth.dst == %s && inport == %q", macText("0a:00:00:00:00:01"), "p1"}, ""},
		{"fn:string:concat", in{"a", "b"}, ""}, {"fn:plus", in{1, 2}, ""}, {"fn:lt", in{1, 2}, ""},
		{"fn:lt", in{"a", "b"}, ""}, {"fn:if", in{true, 1, 2}, ""},
		{"fn:string:contains", in{"abc", "b"}, ""}, {"fn:string:lower", in{"ABC"}, ""},
		{"fn:list:contains", in{[]any{"a", "b"}, "b"}, ""}, {"fn:list:sort", in{[]any{2, 1}}, ""},
		{"fn:ip:network", in{ipText("10.0.0.1/8")}, ""},
		{"fn:ip:contains", in{ipText("10.0.0.0/8"), ipText("10.0.0.1")}, ""},
		{"fn:ip:solicited_node", in{ipText("fd00::1")}, ""},
		{"fn:mac:eui64_lla", in{macText("0a:00:00:00:00:01")}, ""},
		{"fn:hash", in{"a", 1}, ""}, {"fn:uuid", in{"a", 1}, ""}, {"fn:list", in{1, 2}, ""},
		{"fn:list:len", in{[]any{1, 2}}, ""}, {"fn:list:append", in{[]any{1, 2}, 3}, ""},
	} {
		f := r.Funcs[c.name]
		var args []Arg
		var values []relations.Value
		for _, x := range c.args {
			a := argument(t, s, x)
			args, values = append(args, a), append(values, a.Value)
		}
		eval := f.Eval
		if f.Compile != nil {
			var err error
			eval, err = f.Compile(s, args)
			require.NoError(t, err)
		}
		require.Zero(t, testing.AllocsPerRun(100, func() { eval(s, values) }), c.name)
	}
	v := []relations.Value{s.String("0a:00:00:00:00:01 10.0.0.1 fd00::1")}
	rows := testing.AllocsPerRun(100, func() {
		r.Predicates[":lsp_address"].Eval(s, v, func([]relations.Value) {})
	})
	require.LessOrEqual(t, rows, 8.0)
}

// Constants of addresses and the parsers of rows agree on what they both take.
func TestConstantsAreWhatRowsBring(t *testing.T) {
	r := Default()
	for _, x := range []string{"10.0.0.1", "10.0.0.1/8", "fd00::1", "fd00::1/64", "::"} {
		run(t, []callCase{{"fn:ip", in{x}, x}, {":ip", in{x}, x}})
		require.Equal(t, netip.MustParseAddr(strings.Split(x, "/")[0]).Is6(),
			call(t, r, callCase{":ip4_error", in{strings.Split(x, "/")[0]}, ""}, false) != "")
	}
	const m = "0a:00:00:00:00:01"
	run(t, []callCase{{"fn:mac", in{m}, m}, {":mac", in{m}, m}})
}
