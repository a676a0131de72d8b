# Faults in declarations.

Decl b(X, x, X).                       # ERROR "11: x has no arguments"
Decl b(X, "x", X).                     # ERROR "11: a column of a Decl is a named variable, not the constant \"x\"" "16: two columns are named X"
Decl b(_).                             # ERROR "8: a column of a Decl is a named variable"
Decl b(X) bound [/string, /string].    # ERROR "11: 2 types for 1 columns"
Decl b(X) bound [/string] bound [].    # ERROR "27: 0 types for 1 columns"
Decl b(X) temporal.                    # ERROR "11: temporal relations are not part"
Decl b(X) bound [X].                   # ERROR "18: the variable X is not a type"
Decl b(X) bound [.Struct</f : /name, "g" : /name>].  # ERROR "38: the constant \"g\" is not a field"
Decl b(X) bound [.Struct<opt /f : /name>].  # ERROR "26: optional fields are not part"
Decl b(X) inclusion [c(X)].            # ERROR "11: inclusion constraints are not part"
Decl b(X) bound [/string] descr [doc("late")].  # ERROR "27: unexpected descr after ]"
Decl b(X) descr [doc, extensional()].  # ERROR "18: doc has no arguments"
Decl b(X) descr [fn:doc("x")].         # ERROR "18: an annotation is a relation with arguments, not the function fn:doc"
Decl fn:x(X).                          # ERROR "6: Decl declares a relation, not the function fn:x"
Decl :x(X).                            # ERROR "6: Decl declares a relation, not the relation :x"
Decl (X).                              # ERROR "6: unexpected \\( after Decl"
Decl b(X) bound [/string]              # ERROR "25: the final dot is missing"
Decl c(X)
  descr [doc("fine"), key([X]), unknown("kept", 1)]
  bound [.Map</string, .List</number>>].
