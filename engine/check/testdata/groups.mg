# Transforms, reducers and what may be used where.

Decl port(Port, Switch, N) descr [extensional()] bound [/string, /string, /number].
Decl out(S, N) descr [output()] bound [/string, /number].

out(S, N) :- port(P, S, _) |> do fn:group_by(S), let N = fn:count().
out(S, N) :- port(P, S, M) |> do fn:group_by(S), let N = fn:sum(M).
out(S, N) :- port(P, S, M) |> do fn:group_by(S), let N = fn:max(M). # WARNING "19: P is mentioned once \\[unused\\]"
out(S, fn:len(L)) :- port(P, S, M) |> do fn:group_by(S), let L = fn:collect(M).
out(S, 1) :- port(P, S, _) |> do fn:group_by(S). # WARNING "19: P is mentioned once"
out(S, M) :- port(_, S, X) |> do fn:group_by(S), let N = fn:sum(X), let M = fn:plus(N, 1).
out(S, fn:plus(N, 1)) :- port(_, S, X) |> do fn:group_by(S), let N = fn:max(fn:plus(X, 1)).
out(P, N) :- port(P, S, _) |> do fn:group_by(S), let N = fn:count(). # ERROR "5: P may have several values in a group \\[not-grouped\\] add it to fn:group_by"
out(S, M) :- port(_, S, X) |> do fn:group_by(S), let M = fn:plus(X, 1). # ERROR "66: X may have several values in a group"
out(S, N) :- port(_, S, X) |> do fn:group_by(T), let N = fn:sum(X). # ERROR "46: T has no value \\[unbound\\]" "5: S may have several"
out(S, N) :- port(_, S, X) |> do fn:group_by(S), let M = fn:sum(X), let N = fn:sum(M). # ERROR "84: M is computed from the group and not a part of its rows \\[not-in-rows\\]"
out(S, N) :- port(_, S, X) |> do fn:group_by(S), let N = fn:plus(fn:count(), X). # ERROR "66: fn:count is a reducer \\[misplaced-reducer\\] a reducer stands alone" "78: X may have several"
out(S, N) :- port(_, S, X) |> let N = fn:sum(X). # ERROR "39: fn:sum is a reducer"
out(S, N) :- port(_, S, X), N = fn:sum(X). # ERROR "33: fn:sum is a reducer"
out(S, fn:count()) :- port(_, S, _).      # ERROR "8: fn:count is a reducer"
out(S, N) :- port(_, S, X) |> do fn:group_by(S), let N = fn:count(X). # ERROR "58: fn:count takes 0 arguments, here 1 \\[wrong-arity\\]"
out(S, N) :- port(_, S, X) |> do fn:group_by(S), let X = fn:sum(X), let N = fn:plus(X, 1). # ERROR "54: X has a value already \\[rebound\\]"
out(S, N) :- port(_, S, X) |> let N = fn:group_by(X). # ERROR "39: fn:group_by stands behind do only \\[misplaced-reducer\\]"
out(S, N) :- port(_, S, X) |> let N = fn:plus(X, 1), let N = fn:plus(X, 2). # ERROR "58: N has a value already"
out(S, N) :- port(_, S, _) |> let N = fn:plus(N, 1). # ERROR "47: N has no value"
