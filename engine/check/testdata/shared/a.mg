# One file of three.

Decl documented(X) descr [doc("One X.")] bound [/string].
Decl silent(X) bound [/string].           # WARNING "1: silent is used by other files and has no doc \\[undocumented\\]"
Decl own(X) bound [/string].
documented(X) :- schema.name(X).
silent(X) :- documented(X).
own(X) :- documented(X).
private(X) :- own(X).
Decl out(X) descr [output(), doc("One X.")] bound [/string].
out(X) :- private(X).
