# Flows go to the switch as they are put in, and it is told when they are there.

Decl bench_flow(Table, Priority, Match, Actions, Cookie)
  descr [doc("The switch should have the flow."), extensional()]
  bound [/number, /number, /string, /string, /number].
Decl bench_group(Id, Text)
  descr [doc("The switch should have the group."), extensional()]
  bound [/number, /string].
Decl bench_remote(Remote)
  descr [doc("Where the switch is."), extensional()]
  bound [/string].
Decl bench_round(Number)
  descr [doc("The latest change."), extensional()]
  bound [/number].
Decl bench_done(Number)
  descr [doc("The switch has everything up to that change."), output()]
  bound [/number].

flow(Table, Priority, Match, Actions, Cookie) :- bench_flow(Table, Priority, Match, Actions, Cookie).
group(Id, Text) :- bench_group(Id, Text).
switch_remote(Remote) :- bench_remote(Remote).
switch_ready() :- bench_remote(_).
ask("openflow", "bench", Number) :- bench_round(Number).
bench_done(Number) :- acked("openflow", "bench", Number, _).
