# Matches of logical flows: what they need to know, and the OpenFlow matches that they become.
#
# A match names ports, address sets, port groups and more. What it says of them is looked up here;
# the rest depends on the text alone, so that it is worked out once for all flows with the same
# text. ovn-sb(5), Logical_Flow, match. Fills no table itself.

Decl match_need(Match, Kind, Name, How)
  descr [
    doc("The text Match needs to know about Name, which is a Kind: a port that is compared with",
      "inport or outport, an address_set, a group of ports (inport_group, outport_group), a port",
      "that may be resident here. How is \"each\" if the elements of a set with several elements",
      "only have to be known one by one.")]
  bound [/string, /string, /string, /string].

# What a text needs depends on the text alone; a text that no active flow has costs nothing.
match_need(Match, Kind, Name, How) :-
  lflow_active(Lf, _),
  sb.Logical_Flow.match(Lf, Match),
  :match_needs(Match, Kind, Name, How).

Decl match_values(Lf, Dp, Values)
  descr [doc("What the match of the active flow Lf needs to know in Dp, as :match_expand reads it.")]
  bound [/uuid, /uuid, .List</string>].

# The order of values does not matter, so that equal circumstances are one list.
match_values(Lf, Dp, Values) :-
  match_value(Lf, Dp, Text)
  |> do fn:group_by(Lf, Dp), let Values = fn:collect_distinct(Text).
match_values(Lf, Dp, []) :-
  lflow_active(Lf, Dp),
  !match_value(Lf, Dp, _).

# A port has a number. On a switch a packet can only come from, and be given to, ports that matter
# here; other comparisons are as good as false.
match_value(Lf, Dp, fn:fmt("%s %q %d", Kind, Name, Key)) :-
  lflow_need(Lf, Dp, Kind, Name),
  lflow_place(Lf, Dp, Pipeline, _, Type),
  port_of_need(Pipeline, Type, Kind),
  named_key(Dp, Name, Key).
match_value(Lf, Dp, fn:fmt("%s %q %d", Kind, Name, Key)) :-
  lflow_need(Lf, Dp, Kind, Name),
  lflow_place(Lf, Dp, Pipeline, _, Type),
  port_field(Kind),
  !port_of_need(Pipeline, Type, Kind),
  related_key(Dp, Name, Key).

# The names are looked up in each datapath on its own.
lflow_need(Lf, Dp, Kind, Name) :-
  lflow_active(Lf, Dp),
  sb.Logical_Flow.match(Lf, Match),
  match_need(Match, Kind, Name, _).

port_field("inport").
port_field("outport").

# Where any port may be compared with.
port_of_need("egress", "switch", "inport").
port_of_need("ingress", "switch", "outport").
port_of_need("ingress", "router", "inport").
port_of_need("ingress", "router", "outport").
port_of_need("egress", "router", "inport").
port_of_need("egress", "router", "outport").

Decl named_key(Dp, Name, Key)
  descr [doc("The port or multicast group Name of the local datapath Dp has the tunnel key Key.")]
  bound [/uuid, /string, /number].

# Ports and multicast groups share one range of numbers.
named_key(Dp, Name, Key) :-
  port_place(Pb, Dp, _, Key),
  sb.Port_Binding.logical_port(Pb, Name).
named_key(Dp, Name, Key) :-
  group_place(Group, Dp, _, Key),
  sb.Multicast_Group.name(Group, Name).

# A packet that is for no port yet is for the port "none".
named_key(Dp, "none", 0) :- local_datapath(Dp).

# Groups matter everywhere.
related_key(Dp, "none", 0) :- local_datapath(Dp).
related_key(Dp, Name, Key) :- related_port_key(Dp, Name, Key).
related_key(Dp, Name, Key) :-
  group_place(Group, Dp, _, Key),
  sb.Multicast_Group.name(Group, Name).

# A port that is resident here.
match_value(Lf, Dp, fn:fmt("resident %q", Name)) :-
  lflow_need(Lf, Dp, "resident", Name),
  resident(Name).

# A set is there, even if it is empty.
match_value(Lf, Dp, fn:fmt("%s %q", Kind, Name)) :-
  lflow_need(Lf, Dp, Kind, Name),
  set_exists(Kind, Name, Dp).

# Its elements are values, unless there are several and they only have to be known one by one.
match_value(Lf, Dp, fn:fmt("%s %q *", Kind, Name)) :-
  lflow_set(Lf, Dp, Kind, Name, "each"),
  set_is_large(Kind, Name, Dp).
match_value(Lf, Dp, fn:fmt("%s %q %s", Kind, Name, Element)) :-
  lflow_set(Lf, Dp, Kind, Name, "each"),
  !set_is_large(Kind, Name, Dp),
  set_element(Kind, Name, Dp, Element).
match_value(Lf, Dp, fn:fmt("%s %q %s", Kind, Name, Element)) :-
  lflow_set(Lf, Dp, Kind, Name, "value"),
  set_element(Kind, Name, Dp, Element).

Decl lflow_set(Lf, Dp, Kind, Name, How)
  descr [
    doc("The match of the active flow Lf names the set Name of that Kind, as in match_need.")]
  bound [/uuid, /uuid, /string, /string, /string].

# How a set is used decides whether its elements have to be known together.
lflow_set(Lf, Dp, Kind, Name, How) :-
  lflow_active(Lf, Dp),
  sb.Logical_Flow.match(Lf, Match),
  match_need(Match, Kind, Name, How),
  set_kind(Kind).

set_kind("address_set").
set_kind("inport_group").
set_kind("outport_group").

Decl expansion(Match, Prerequisite, Values, Part, Clause, Clauses, Kind, Set, Pattern)
  descr [
    doc("Pattern is an OpenFlow match that Match and Prerequisite become, without datapath, number",
      "of the conjunctive match, and element of the set Set. Part is 0, or tells the conjunctive",
      "match that it belongs to as dimension Clause of Clauses; Clause 0 is what it does.")]
  bound [/string, /string, .List</string>, /number, /number, /number, /string, /string, /string].

# One text in equal circumstances is expanded once, however many flows have it.
expansion(Match, Prerequisite, Values, Part, Clause, Clauses, Kind, Set, Pattern) :-
  expression(Match, Prerequisite, Values),
  :match_expand(Match, Prerequisite, Values, Part, Clause, Clauses, Kind, Set, Pattern).

# Circumstances that some flow is in.
expression(Match, Prerequisite, Values) :-
  lflow_translation(_, _, _, _, _, Match, Prerequisite, Values, _).

# What cannot be understood has no flows. A set that is not there may come later.
problem("Logical_Flow", Lf, "match", Why) :-
  lflow_active(Lf, _),
  sb.Logical_Flow.match(Lf, Match),
  :match_error(Match, Why).
problem("Logical_Flow", Lf, "match", Why) :-
  expression_error(Match, Prerequisite, Values, Why),
  lflow_translation(Lf, _, _, _, _, Match, Prerequisite, Values, _).
expression_error(Match, Prerequisite, Values, Why) :-
  expression(Match, Prerequisite, Values),
  :match_expand_error(Match, Prerequisite, Values, Why).
