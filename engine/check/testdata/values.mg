# Variables without a value, without a use, and _ where it means nothing.

Decl port(Port, N) descr [extensional()] bound [/string, /number].
Decl out(X) descr [output()] bound [/string].
Decl num(X, N) descr [output()] bound [/string, /number].

out(X).                                   # ERROR "5: X has no value \\[unbound\\] a fact has constants only"
out(Y) :- port(X, _), X = X.              # ERROR "5: Y has no value .* positive condition"
out(X) :- port(X, _), !port(Y, 1).        # ERROR "29: Y has no value .*write _"
out(X) :- port(X, N), N < M.              # ERROR "27: M has no value"
out(X) :- port(X, _), X != Y.             # ERROR "28: Y has no value"
out(X) :- port(X, fn:plus(M, 1)).         # ERROR "27: M has no value"
out(X) :- port(X, fn:plus(N, 1)), port(X, N).
out(X) :- :split(T, ",", X).              # ERROR "18: T has no value"
out(X) :- X = fn:show(Y), Y = fn:show(Z). # ERROR "39: Z has no value"
out(X) :- X = fn:show(Y), Y = fn:show(X). # ERROR "23: Y has no value"
out(X) :- Y = X, Y = "a".
out(X) :- X = "a", !port(X, _).
out(X) :- "a" = Z, :split(Z, ",", X), !:split(X, "-", _).
out(X) :- port(X, _), !:split(X, "-", Y). # ERROR "39: Y has no value .*write _"
out(X) :- port(X, _), 1 = 1, _ = X.       # ERROR "30: _ has no value in a comparison \\[blank-value\\]"
out(_) :- port(_, _).                     # ERROR "5: _ has no value in a head \\[blank-value\\]"
out(X) :- port(X, fn:plus(_, 1)).         # ERROR "27: _ has no value as an argument of a function"
out(X) :- port(X, _), :split(_, ",", _).  # ERROR "30: _ has no value as an input of :split"
out(X) :- port(X, Number).                # WARNING "19: Number is mentioned once \\[unused\\] write _"
out(X) :- port(X, N), M = fn:plus(N, 1).  # WARNING "23: M is mentioned once"
num(X, N) :- port(X, M) |> let N = fn:plus(M, 1), let K = fn:plus(N, 2). # WARNING "55: K is computed and not used \\[unused\\]"
num(X, N) :- port(X, N), port(X, N), out(X).
num(X, N) :- port(X, N), port(X, N), out(X). # WARNING "1: the same clause is at testdata/values.mg:28:1 \\[duplicate-clause\\]"
