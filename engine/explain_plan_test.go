package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine"
)

// Every step says what narrows it down; only what nothing narrows is a sweep.
func TestPlans(t *testing.T) {
	plans, err := engine.Plans(compileText(t, `
Decl port(Port, Switch) descr [extensional()] bound [/string, /string].
Decl label(Port, Text) descr [extensional()] bound [/string, /string].
Decl mode(Mode) descr [extensional(), singleton()] bound [/string].
Decl banned(Switch, Port) descr [extensional()] bound [/string, /string].
Decl out(A, B) descr [output()] bound [/string, /string].
kind("a").
kind("b").
out(P, T) :- port(P, S), label(P, L), !banned(S, _), T = fn:fmt("%s", L), L != "x".
out(P, K) :- port(P, "s"), kind(K), mode(_).
out(P, Q) :- port(P, _), label(Q, "x").
ports(N) :- port(_, _) |> do fn:group_by(), let N = fn:count().
out(P, "many") :- port(P, _), ports(N), N > 9.
`))
	require.NoError(t, err)
	var b strings.Builder
	for _, r := range plans {
		for _, p := range r.Plans {
			fmt.Fprintf(&b, "%s:%d %s %v\n", r.Rule, r.Pos.Line, p.Driver, p.Binds)
			for _, s := range p.Steps {
				fmt.Fprintf(&b, "  %s %v %s %v\n", s.Kind, s.Index, s.Literal, s.Binds)
			}
		}
	}
	require.Equal(t, `ports#1:12 port(_, _) []
out#1:9 port(P, S) [P S]
  absent [Switch] !banned(S, _) []
  scan [Port] label(P, L) [L]
  test [] L != "x" []
  eval [] T = fn:fmt("%s", L) [T]
out#1:9 label(P, L) [P L]
  test [] L != "x" []
  scan [Port] port(P, S) [S]
  absent [Switch] !banned(S, _) []
  eval [] T = fn:fmt("%s", L) [T]
out#1:9 !banned(S, _) [S]
  scan [Switch] port(P, S) [P]
  scan [Port] label(P, L) [L]
  test [] L != "x" []
  eval [] T = fn:fmt("%s", L) [T]
out#2:10 port(P, "s") [P]
  scan [] kind(K) [K]
  scan [] mode(_) []
out#2:10 mode(_) []
  sweep [Switch] port(P, "s") [P]
  scan [] kind(K) [K]
out#3:11 port(P, _) [P]
  sweep [Text] label(Q, "x") [Q]
out#3:11 label(Q, "x") [Q]
  sweep [] port(P, _) [P]
out#4:13 port(P, _) [P]
  scan [] ports(N) [N]
  test [] N > 9 []
out#4:13 ports(N) [N]
  test [] N > 9 []
  sweep [] port(P, _) [P]
`, b.String())
}
