# Which places can be reached from which: a program to try woven eval, query, why and check on.

Decl link(From, To)
  descr [doc("A road leads from From to To."), extensional()]
  bound [/string, /string].

Decl path(From, To)
  descr [doc("To can be reached from From."), output()]
  bound [/string, /string].

Decl dead_end(Place)
  descr [doc("A road leads to Place, and none away from it."), output()]
  bound [/string].

# A road is a way.
path(X, Y) :- link(X, Y).

# From where a road leads, the way goes on.
path(X, Z) :- path(X, Y), link(Y, Z).

# Whoever gets there has to turn round.
dead_end(Y) :- link(_, Y), !link(Y, _).
