# Logical flows: which of them matter on this hypervisor, and what becomes of each in OpenFlow.
#
# A logical flow's match becomes OpenFlow matches (match.mg), its actions OpenFlow actions
# (action.mg); here the two meet. Table N of the logical ingress pipeline is OpenFlow table 8+N, of
# the egress pipeline 42+N. ovn-sb(5), Logical_Flow; ovn-architecture(7), "Architectural Physical
# Life Cycle of a Packet". Fills OpenFlow tables 8 to 63.

Decl lflow_active(Lf, Dp)
  descr [doc("The logical flow Lf matters in the local datapath Dp.")]
  bound [/uuid, /uuid].

# A flow that is about no port matters wherever its datapath is.
lflow_active(Lf, Dp) :-
  lflow_datapath(Lf, Dp),
  !sb.Logical_Flow.tags(Lf, "in_out_port", _).

# A flow about one port matters where that port does.
lflow_active(Lf, Dp) :-
  lflow_datapath(Lf, Dp),
  sb.Logical_Flow.tags(Lf, "in_out_port", Name),
  related_port_key(Dp, Name, _).

# A flow is for one datapath or for a group of them.
lflow_datapath(Lf, Dp) :-
  local_datapath(Dp),
  sb.Logical_Flow.logical_datapath(Lf, Dp).
lflow_datapath(Lf, Dp) :-
  local_datapath(Dp),
  sb.Logical_DP_Group.datapaths(Group, Dp),
  sb.Logical_Flow.logical_dp_group(Lf, Group).

Decl related_port_key(Dp, Name, Key)
  descr [
    doc("The port Name of the local datapath Dp has the tunnel key Key, and what happens to its",
      "packets is decided on this hypervisor.")]
  bound [/uuid, /string, /number].

# The name finds the key, and both are needed for comparisons too.
related_port_key(Dp, Name, Key) :-
  port_related(Pb),
  port_place(Pb, Dp, _, Key),
  sb.Port_Binding.logical_port(Pb, Name).

Decl lflow_place(Lf, Dp, Pipeline, Table, Type)
  descr [
    doc("The active logical flow Lf is in that Pipeline and logical Table of Dp, which is a Type,",
      "\"switch\" or \"router\".")]
  bound [/uuid, /uuid, /string, /number, /string].

# Where a flow is decides what its actions become.
lflow_place(Lf, Dp, Pipeline, Table, Type) :-
  lflow_active(Lf, Dp),
  sb.Logical_Flow.pipeline(Lf, Pipeline),
  sb.Logical_Flow.table_id(Lf, Table),
  datapath_type(Dp, Type).

# Switches and routers keep connections in different zones.
datapath_type(Dp, "switch") :- local_datapath(Dp), datapath_is_switch(Dp).
datapath_type(Dp, "router") :- local_datapath(Dp), !datapath_is_switch(Dp).

first_table("ingress", 8).
first_table("egress", 42).

Decl lflow_translation(Lf, Dp, Key, Table, Priority, Match, Prerequisite, Values, Actions)
  descr [
    doc("In the datapath Dp with the tunnel key Key the logical flow Lf is in the OpenFlow table",
      "Table and does Actions, an OpenFlow text. It is for packets that meet Match and",
      "Prerequisite, with what these need from elsewhere in Values.")]
  bound [/uuid, /uuid, /number, /number, /number, /string, /string, .List</string>, /string].

# Here everything comes together that is known of a flow in a datapath.
lflow_translation(Lf, Dp, Key, fn:plus(First, Table), Priority, Match, Prerequisite, Values,
    Actions) :-
  lflow_place(Lf, Dp, Pipeline, Table, _),
  first_table(Pipeline, First),
  datapath_key(Dp, Key),
  sb.Logical_Flow.priority(Lf, Priority),
  sb.Logical_Flow.match(Lf, Match),
  sb.Logical_Flow.actions(Lf, Text),
  action_prerequisite(Text, Prerequisite),
  match_values(Lf, Dp, Values),
  lflow_actions(Lf, Dp, Actions).

# Most matches become flows of their own.
flow_candidate(Table, Priority, Text, Actions, fn:uuid:first32(Lf), Rank) :-
  lflow_translation(Lf, _, Key, Table, Priority, Match, Prerequisite, Values, Actions),
  expansion(Match, Prerequisite, Values, 0, _, _, "", "", Pattern),
  :match_flow(Pattern, Key, 0, "", Text),
  Rank = fn:if(fn:eq(Actions, "drop"), 1, 0).

# Where a set stands for many values, each of them has a flow.
flow_candidate(Table, Priority, Text, Actions, fn:uuid:first32(Lf), Rank) :-
  lflow_translation(Lf, Dp, Key, Table, Priority, Match, Prerequisite, Values, Actions),
  expansion(Match, Prerequisite, Values, 0, _, _, Kind, Set, Pattern),
  set_element(Kind, Set, Dp, Element),
  :match_flow(Pattern, Key, 0, Element, Text),
  Rank = fn:if(fn:eq(Actions, "drop"), 1, 0).

# A conjunctive match has one flow for all that it does, and flows for the values of each of its
# dimensions.
flow_candidate(Table, Priority, Text, Actions, fn:uuid:first32(Lf), Rank) :-
  conjunction(Lf, Dp, Part, Number),
  lflow_translation(Lf, Dp, Key, Table, Priority, Match, Prerequisite, Values, Actions),
  expansion(Match, Prerequisite, Values, Part, 0, _, _, _, Pattern),
  :match_flow(Pattern, Key, Number, "", Text),
  Rank = fn:if(fn:eq(Actions, "drop"), 1, 0).
conjunction_clause(Table, Priority, Text, Number, Clause, Clauses) :-
  conjunction(Lf, Dp, Part, Number),
  lflow_translation(Lf, Dp, Key, Table, Priority, Match, Prerequisite, Values, _),
  expansion(Match, Prerequisite, Values, Part, Clause, Clauses, "", "", Pattern),
  :match_flow(Pattern, Key, Number, "", Text),
  Clause != 0.
conjunction_clause(Table, Priority, Text, Number, Clause, Clauses) :-
  conjunction(Lf, Dp, Part, Number),
  lflow_translation(Lf, Dp, Key, Table, Priority, Match, Prerequisite, Values, _),
  expansion(Match, Prerequisite, Values, Part, Clause, Clauses, Kind, Set, Pattern),
  set_element(Kind, Set, Dp, Element),
  :match_flow(Pattern, Key, Number, Element, Text),
  Clause != 0.
