# Types of arguments, functions, comparisons and columns.

Decl port(Port, Ofport, Address) descr [extensional()] bound [/string, /number, /ip].
Decl rate(Port, Rate, Tags) descr [extensional()] bound [/string, /float64, .List</string>].
Decl row(S) descr [extensional()] bound [.Struct</a : /string, /b : /number>].
Decl out(X) descr [output()] bound [/string].
Decl out.number(X) descr [output()] bound [/number].

out(X) :- port(_, X, _).                  # ERROR "5: X is /number, but X of out is /string \\[type-mismatch\\] X is /number because of the Decl at testdata/types.mg:3:1"
out(X) :- port(X, N, _), rate(_, N, _), rate(X, _, _). # ERROR "34: N is /number, but Rate of rate is /float64"
out(X) :- port(X, "1", _).                # ERROR "19: \"1\" is /string, but Ofport of port is /number"
out(X) :- port(X, 1.5, _).                # ERROR "19: 1.5 is /float64, but Ofport"
out(X) :- port(X, /one, _).               # ERROR "19: /one is /name, but Ofport"
out(X) :- port(X, b"1", _).               # ERROR "19: bytes are not part of the language \\[bytes-constant\\]"
out(X) :- port(X, _, "10.0.0.1").         # ERROR "22: \"10.0.0.1\" is /string, but Address of port is /ip \\[type-mismatch\\] fn:ip makes one: fn:ip\\(\"10.0.0.1\"\\)"
out(X) :- port(X, _, fn:ip("10.0.0.1")).
out(X) :- port(X, N, A), N = A.           # ERROR "28: N is /number, but A is /ip \\[type-mismatch\\]"
out(X) :- rate(X, R, _), R < 5.           # ERROR "28: R is /float64, but 5 is /number .* write 5.0"
out(X) :- rate(X, R, _), R < 5.0.
out(X) :- port(X, N, _), X < "b", N <= 5. # ERROR "28: < compares numbers; X is /string \\[not-ordered\\]"
out(X) :- port(X, N, _), X != "b", N = fn:plus(N, X). # ERROR "51: X is /string, but argument 2 of fn:plus is /number"
out(X) :- port(X, N, _), N = fn:plus(N, fn:show(X)).  # ERROR "41: fn:show\\(X\\) is /string, but argument 2 of fn:plus is /number"
out(fn:if(/true, X, 5)) :- port(X, _, _). # ERROR "21: 5 is /number, but argument 3 of fn:if is /string"
out(X) :- rate(X, _, L), :member(L, 5).   # ERROR "37: 5 is /number, but Element of :member is /string"
out(X) :- rate(X, _, L), :member(X, _), L = ["a"]. # ERROR "34: X is /string, but List of :member is .List<unknown>"
out(X) :- rate(X, _, ["a", 5]).           # ERROR "28: 5 is /number, but the elements before are /string"
out(X) :- rate(X, _, [5]).                # ERROR "22: \\[5\\] is .List</number>, but Tags of rate is .List</string>"
out(X) :- rate(X, _, _), M = ["a" : 1, 2 : 3], N = M, N = M. # ERROR "40: 2 is /number, but the keys before are /string"
out(X) :- row(S), X = fn:get(S, /a).
out(X) :- row(S), X = fn:get(S, /b).      # ERROR "23: fn:get\\(S, /b\\) is /number, but here it is used as /string"
out(X) :- row(S), X = fn:get(S, /c).      # ERROR "23: fn:get: there is no field /c \\[bad-call\\]"
out(X) :- row(S), X = fn:get(fn:get(S, /c), /d). # ERROR "30: fn:get: there is no field /c"
out(fn:fmt("%", X)) :- port(X, _, _).
out(fn:fmt("%", X, X)) :- port(X, _, _).  # ERROR "5: fn:fmt: the format has 1 verbs for 2 values \\[bad-call\\]"
out(fn:fmt(X, X)) :- port(X, _, _).       # ERROR "5: fn:fmt: the format has to be a constant"
out(X) :- port(X, _, _), Y = [], Y = Z, Y = Z.  # ERROR "26: nothing tells the type of Y \\[no-type\\]"
out(X) :- port(X, _, _), Y = [Y].         # ERROR "28: Y is unknown, but \\[Y\\] is .List<unknown>" "31: Y has no value"

# A relation without a bound gets its types from its clauses, in the order of computation.
reader(X) :- inferred(X), X < 5.          # ERROR "29: X is /string, but 5 is /number .*X is /string because of \"a\" at testdata/types.mg:41:10"
inferred("a").
inferred(5).                              # ERROR "10: 5 is /number, but C1 of inferred is /string"
out.number(X) :- reader(X), X = 1.        # ERROR "31: X is /string, but 1 is /number" "12: X is /string, but X of out.number"
circular(X) :- circular(X).               # ERROR "1: nothing tells the type of X of circular \\[no-type\\] declare it" # WARNING "nothing reads"
empty([]).                                # ERROR "1: nothing tells the type of C1 of empty"
out(X) :- port(X, _, _), empty([]).
out.number(N) :- port(_, N, _) |> do fn:group_by(N), let L = fn:sum(P), let M = fn:plus(L, "a"). # ERROR "69: P has no value" "92: \"a\" is /string" # WARNING "77: M is computed and not used"
out(N) :- port(_, P, _) |> do fn:group_by(), let N = fn:sum(P). # ERROR "5: N is /number, but X of out is /string"
out(N) :- port(_, P, _) |> do fn:group_by(P), let P = fn:collect(P). # ERROR "55: fn:collect\\(P\\) is .List</number>, but P is /number" "51: P has a value already" "5: N has no value"
