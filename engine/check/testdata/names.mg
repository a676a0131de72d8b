# Names and numbers of arguments.

Decl port(Port, Switch) descr [extensional()] bound [/string, /string].
Decl nb.Logical_Switch_Port.name(Lsp, Name) descr [extensional()] bound [/string, /string].
Decl port(Port) bound [/string].          # ERROR "1: port is declared twice \\[duplicate-decl\\] the first declaration is at testdata/names.mg:3:1"
Decl done(X) descr [output()].

done(X) :- prot(X, _).                    # ERROR "12: there is no relation prot \\[unknown-relation\\] did you mean port"
done(X) :- nb.Logical_Switch_port.nam(X, _).  # ERROR "12: there is no relation .* did you mean nb.Logical_Switch_Port.name"
done(X) :- something_else(X).             # ERROR "12: there is no relation something_else .*declare it"
done(X) :- port(X, _), !prot(X).          # ERROR "25: there is no relation prot"
done(X) :- port(X).                       # ERROR "12: port has 2 columns, here 1 \\[wrong-arity\\] write port\\(Port, Switch\\), as at testdata/names.mg:3:1"
done(X, Y) :- port(X, Y).                 # ERROR "1: done has 1 column, here 2"
done(X) :- port(X, S), S = fn:conct(X).   # ERROR "28: there is no function fn:conct \\[unknown-function\\] did you mean fn:count"
done(X) :- port(X, S), S = fn:sho(X).     # ERROR "28: there is no function fn:sho .*did you mean fn:show"
done(X) :- port(X, S), S = fn:show(X, S). # ERROR "28: fn:show takes 1 argument, here 2 \\[wrong-arity\\]"
done(X) :- port(X, S), S = fn:fmt().      # ERROR "28: fn:fmt takes at least 1 argument, here 0"
done(fn:sho(X)) :- port(X, _).            # ERROR "6: there is no function fn:sho"
done(X) :- port(X, _), :splt(X, ",", X).  # ERROR "24: there is no predicate :splt \\[unknown-predicate\\] did you mean :split"
done(X) :- port(X, _), :split(X, X).      # ERROR "24: :split has 3 arguments, here 2 \\[wrong-arity\\] write :split\\(Text, Separator, Part\\)"
:split(X, Y, Z) :- port(X, Y), port(Y, Z). # ERROR "1: :split is registered from Go \\[derived-predicate\\]"
port(X, X) :- done(X).                    # ERROR "1: port has extensional\\(\\): .* \\[derived-base\\]"
undeclared(X, Y) :- port(X, Y).
undeclared(X) :- port(X, _).              # ERROR "1: undeclared has 2 columns, here 1 .* as at testdata/names.mg:23:1"
done(X) :- undeclared(X, _), undeclared(_, X).
done(fn:show(fn:map(X))) :- port(X, _).   # ERROR "14: fn:map takes keys and values in turn"
done(fn:show({X : 1})) :- port(X, _).     # ERROR "15: a field of a struct is a constant name, not X \\[malformed-struct\\]"
done(fn:show({/a : 1, /a : 2})) :- port(_, _). # ERROR "23: the field /a is there twice \\[malformed-struct\\]"
