# What comes back from a database that the program writes.

Decl sb.Port.up(P) descr [extensional()] bound [/string].
Decl sb.Port.key(P, K) descr [extensional()] bound [/string, /number].
Decl sb.Port.type(P, T) descr [extensional()] bound [/string, /string].
Decl want.sb.Port.up(P) descr [output()] bound [/string].
Decl want.sb.Port.key(P, K) descr [output()] bound [/string, /number].
Decl want.sb.Port.type(P, T) descr [output()] bound [/string, /string].
Decl out(P) descr [output()] bound [/string].
Decl claimed(P) descr [output(), feedback("a chassis claims it")] bound [/string].
Decl key(Pool, P, K) descr [allocator("owner", "range", "wanting", "remembered")] bound [/string, /string, /number].

want.sb.Port.up(P) :- out(P).
want.sb.Port.key(P, K) :- key(_, P, K).
out(P) :- sb.Port.up(P).                  # ERROR "11: sb.Port.up comes back from the database: the program derives want.sb.Port.up at testdata/feedback.mg:13:1 \\[feedback\\] say feedback"
out(P) :- sb.Port.type(P, "patch").
out(P) :- wanting(_, P, _), !sb.Port.up(P).     # ERROR "30: sb.Port.up comes back"
claimed(P) :- sb.Port.up(P).
# woven:feedback a port that is up stays up
out(P) :- sb.Port.up(P), sb.Port.type(P, _).
remembered("keys", P, K) :- sb.Port.key(P, K).
wanting("keys", "a", 1).
owner("keys", "a").
range("keys", 1, 9).
