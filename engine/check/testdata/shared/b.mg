# Another file, which reads and derives relations of the first.

out(X) :- silent(X), documented(X).
out(X) :- private(X), private(X).         # ERROR "11: private belongs to testdata/shared/a.mg and has no Decl \\[undeclared\\] declare it in testdata/shared/a.mg" "23: private belongs"
private(X) :- documented(X).              # ERROR "1: private belongs to testdata/shared/a.mg and has no Decl"
Decl zone(N, C) descr [components("private"), output()] bound [/string, /string]. # ERROR "35: private belongs to" "35: private has 1 column"
out(X) :- schema.name(X).
