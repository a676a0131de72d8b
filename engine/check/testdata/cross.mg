# Bodies whose parts nothing connects.

Decl port(P, S) descr [extensional()] bound [/string, /string].
Decl acl(A, S) descr [extensional()] bound [/string, /string].
Decl enabled(X) descr [extensional()] bound [/string].
Decl config(X) descr [extensional(), singleton()] bound [/string].
Decl out(X, Y) descr [output()] bound [/string, /string].
Decl all(X, Y) descr [output(), cross("few of both")] bound [/string, /string].

out(P, A) :- port(P, S), acl(A, S).
out(P, A) :- port(P, _), acl(A, _).       # ERROR "26: nothing connects acl\\(A, _\\) with port\\(P, _\\) \\[cross-product\\] share a variable"
out(P, A) :- port(P, S), acl(A, T), S != T. # ERROR "26: nothing connects acl\\(A, T\\)"
out(P, A) :- port(P, S), acl(A, T), S = T.
out(P, A) :- port(P, S), acl(A, T), S = fn:show(T).
out(P, A) :- port(P, _), :split(P, ",", S), acl(A, S).
out(P, A) :- port(P, S), acl(A, S), enabled(Z), !acl(Z, Z). # ERROR "37: nothing connects enabled\\(Z\\)"
out(P, S) :- port(P, S), enabled("acl"), enabled(_).
out(P, S) :- port(P, S), X = "acl", enabled(X).
out(P, S) :- port(P, S), X = "acl", enabled(X), Y = fn:show(X), enabled(Y).
out(P, C) :- port(P, _), config(C).
out(P, A) :- port(P, C), config(C), acl(A, C).  # ERROR "37: nothing connects acl\\(A, C\\) with port"
all(P, A) :- port(P, _), acl(A, _).
# Each port meets each list.
# woven:cross there are few of both
out(A, P) :- port(P, _), acl(A, _).
# woven:cros there are few of both
out(A, A) :- port(A, _), acl(A, _).       # WARNING "1: the directive woven:cros is not known \\[unknown-directive\\] did you mean cross"
# woven:cross
out(A, X) :- port(X, _), acl(A, _).       # WARNING "1: woven:cross does not say why \\[no-reason\\]"
