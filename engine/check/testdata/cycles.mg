# Cycles that cannot be computed, and recursion that may not end.

Decl base(X) descr [extensional()] bound [/number].
Decl edge(X, Y) descr [extensional()] bound [/number, /number].
Decl limit(X) descr [extensional()] bound [/number].

a(X) :- base(X), !b(X).                   # ERROR "19: a depends on itself through a negation: a -> !b \\(testdata/cycles.mg:7:19\\) -> c \\(testdata/cycles.mg:8:9\\) -> a \\(testdata/cycles.mg:9:9\\) \\[unstratified\\] break the cycle, so that b is complete"
b(X) :- c(X).
c(X) :- a(X).
self(X) :- base(X), !self(X).             # ERROR "22: self depends on itself through a negation: self -> !self " # WARNING "nothing reads self"
total(N) :- part(X) |> do fn:group_by(), let N = fn:sum(X). # ERROR "13: total depends on itself through an aggregate: total -> group of part .* -> total"
part(X) :- total(X).
part(X) :- base(X).
Decl zone(N, C) descr [components("joined")] bound [/number, /number]. # ERROR "35: zone depends on itself through an operator: zone -> operator on joined .* -> zone"
joined(X, Y) :- edge(X, Y), zone(X, _).
Decl island(N, C) descr [components("edgy")] bound [/number, /number]. # ERROR "37: there is no relation edgy \\[unknown-relation\\] did you mean edge" # WARNING "nothing reads island"
Decl number(N, C) descr [components("edge")] bound [/number, /number]. # WARNING "nothing reads number"
number(X, Y) :- edge(X, Y).               # ERROR "1: the facts of number are kept by components\\(\\) \\[derived-operator\\]"

# Fine: recursion through itself and through others, without and with functions.
Decl path(X, Y) descr [output()] bound [/number, /number].
path(X, Y) :- edge(X, Y).
path(X, Z) :- path(X, Y), path(Y, Z).
Decl near(X, N) descr [output()] bound [/number, /number].
near(X, 0) :- base(X).
near(Y, fn:plus(N, 1)) :- near(X, N), edge(X, Y). # ERROR "9: fn:plus\\(N, 1\\) is a new value in each round of the recursion through near \\[growing-recursion\\] .*woven:bounded why"
near(Y, M) :- near(X, N), edge(X, Y), M = fn:plus(N, 1). # ERROR "9: M is a new value in each round"
near(Y, M) :- near(X, N), edge(X, Y), K = fn:plus(N, 1), M = fn:plus(K, 1). # ERROR "9: M is a new value"
near(Y, M) :- near(X, N), edge(X, Y) |> let M = fn:plus(N, 1). # ERROR "9: M is a new value"
near(Y, M) :- near(X, N), edge(X, Y), M = fn:plus(N, 1), limit(M).
near(Y, M) :- near(X, N), edge(X, Y), M = N.
near(Y, M) :- near(X, _), edge(X, Y), base(N), edge(N, Y), M = fn:plus(N, 1).
# woven:bounded the sum saturates at the limit
near(Y, fn:plus(N, 2)) :- near(X, N), edge(X, Y).
Decl flag(X, B) descr [output()] bound [/number, /bool].
flag(X, /true) :- base(X).
flag(Y, fn:lt(X, 5)) :- flag(X, _), edge(X, Y).
Decl word(X) descr [output(), bounded("parts are shorter than the whole")] bound [/string].
word("a,b").
word(Y) :- word(X), :split(X, ",", Y).
Decl phrase(X) descr [output()] bound [/string].
phrase("a,b").
phrase(Y) :- phrase(X), :split(X, ",", Y). # ERROR "8: Y is a new value in each round"
