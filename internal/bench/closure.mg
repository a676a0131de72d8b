# The transitive closure of a graph: a recursion that a change may have to follow far.

Decl edge(X, Y) descr [doc("An edge leads from X to Y."), extensional()] bound [/number, /number].
Decl path(X, Y) descr [doc("A way leads from X to Y."), output()] bound [/number, /number].

path(X, Y) :- edge(X, Y).
path(X, Z) :- path(X, Y), edge(Y, Z).
