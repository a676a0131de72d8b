# Logical flows: the one relation that all features of the pipeline write to, and the sets of
# datapaths that flows are for.
#
# ovn-architecture(7), "Logical Networks" and ovn-sb(5), table Logical_Flow. Fills no stage itself.

Decl lflow(Scope, Stage, Priority, Match, Actions, Meter, Port, Hint)
  descr [
    doc("In every datapath of Scope, Stage treats packets that match with Actions unless a",
      "higher Priority matches too. Meter names the meter of packets to the controller, Port",
      "the logical port that the flow is about, Hint the Northbound row that it comes from;",
      "an empty text or the nil uuid stands for none."),
    output()]
  bound [/uuid, /name, /number, /string, /string, /string, /string, /uuid].

Decl scope_member(Scope, Dp)
  descr [
    doc("Flows of Scope are flows of the datapath Dp, given by the handle of its",
      "Datapath_Binding."),
    output()]
  bound [/uuid, /uuid].

Decl switch_set(Set, Ls)
  descr [
    doc("The switch Ls belongs to the named set of switches, which have some of their flows in",
      "common.")]
  bound [/name, /uuid].

Decl switch_flow(Set, Stage, Priority, Match, Actions)
  descr [
    doc("All switches of the named set have this flow, which is about no port and comes from no",
      "row.")]
  bound [/name, /name, /number, /string, /string].

# A switch is a scope of its own, for the flows that only it has.
scope_member(Ls, Ls) :- switch(Ls).

# A named set is a scope too. One fact says that a switch is in it; how many flows the set has
# does not matter.
scope_member(fn:uuid("scope", Set), Ls) :- switch_set(Set, Ls).

# A flow of a set is said once for all its switches, so that another switch costs nothing here.
lflow(fn:uuid("scope", Set), Stage, Priority, Match, Actions, "", "", fn:uuid:nil()) :-
  switch_flow(Set, Stage, Priority, Match, Actions).
