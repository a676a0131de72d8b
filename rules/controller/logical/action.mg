# Actions of logical flows: what they need to know, and the OpenFlow actions that they become.
#
# ovn-sb(5), Logical_Flow, actions. Fills no table itself.

Decl action_need(Actions, Kind, Name)
  descr [
    doc("The text Actions needs to know about Name, which is a Kind: the number of a port or a",
      "meter, the flow's cookie, and so on.")]
  bound [/string, /string, /string].

# What a text needs depends on the text alone; a text that no active flow has costs nothing.
action_need(Actions, Kind, Name) :-
  lflow_active(Lf, _),
  sb.Logical_Flow.actions(Lf, Actions),
  :action_needs(Actions, Kind, Name).

Decl action_prerequisite(Actions, Prerequisite)
  descr [
    doc("Actions can only be done to packets that meet the match Prerequisite, an empty text if to",
      "all.")]
  bound [/string, /string].

# Also what a text demands is worked out once for all flows that have it.
action_prerequisite(Actions, fn:action_prerequisite(Actions)) :-
  lflow_active(Lf, _),
  sb.Logical_Flow.actions(Lf, Actions).

Decl lflow_action_need(Lf, Dp, Kind, Name)
  descr [doc("The actions of the active flow Lf need to know about Name, as in action_need.")]
  bound [/uuid, /uuid, /string, /string].

# The values differ from flow to flow and from datapath to datapath.
lflow_action_need(Lf, Dp, Kind, Name) :-
  lflow_active(Lf, Dp),
  sb.Logical_Flow.actions(Lf, Actions),
  action_need(Actions, Kind, Name).

# What actions need, as :action_groups and fn:action_text read it.
action_value(Lf, Dp, fn:fmt("port %q %d", Name, Key)) :-
  lflow_action_need(Lf, Dp, "port", Name),
  named_key(Dp, Name, Key).
action_value(Lf, Dp, fn:fmt("meter %q %d", Name, Id)) :-
  lflow_action_need(Lf, Dp, "meter", Name),
  meter_id("meters", Name, Id).
action_value(Lf, Dp, fn:fmt("controller_meter %q %d", "x", Id)) :-
  controller_meter(Name, Lf, Dp),
  meter_id("meters", Name, Id).
action_value(Lf, Dp, fn:fmt("rate_limit %q %d", Text, Id)) :-
  own_meter(Name, Text, Lf, Dp),
  meter_id("meters", Name, Id).
action_value(Lf, Dp, fn:fmt("cookie %q %d", Name, fn:uuid:first32(Lf))) :-
  lflow_action_need(Lf, Dp, "cookie", Name).
action_value(Lf, Dp, fn:fmt("datapath_key %q %d", Name, Key)) :-
  lflow_action_need(Lf, Dp, "datapath_key", Name),
  datapath_key(Dp, Key).

# A tunnel key, and nothing else, tells datapaths apart in samples.
action_value(Lf, Dp, fn:fmt("capability %q %s", Name, Value)) :-
  lflow_action_need(Lf, Dp, "capability", Name),
  bridge_capability(Name, Value).
action_value(Lf, Dp, fn:fmt("collector_set %q", Name)) :-
  lflow_action_need(Lf, Dp, "collector_set", Name),
  collector_set(Name).
action_value(Lf, Dp, fn:fmt("dhcp_option %q %d %s", Name, Code, Type)) :-
  lflow_action_need(Lf, Dp, "dhcp_option", Name),
  sb.DHCP_Options.name(Row, Name),
  sb.DHCP_Options.code(Row, Code),
  sb.DHCP_Options.type(Row, Type).
action_value(Lf, Dp, fn:fmt("dhcpv6_option %q %d %s", Name, Code, Type)) :-
  lflow_action_need(Lf, Dp, "dhcpv6_option", Name),
  sb.DHCPv6_Options.name(Row, Name),
  sb.DHCPv6_Options.code(Row, Code),
  sb.DHCPv6_Options.type(Row, Type).

# What Open vSwitch says that the datapath of the integration bridge can do.
# woven:feedback the type is what it is, whether we have written it or somebody else
bridge_capability(Name, Value) :-
  integration_bridge(Br),
  ovs.Bridge.datapath_type(Br, Type),
  ovs.Open_vSwitch.datapaths(_, Type, Datapath),
  ovs.Datapath.capabilities(Datapath, Name, Value).
collector_set(fn:text(Id)) :-
  integration_bridge(Br),
  ovs.Flow_Sample_Collector_Set.bridge(Row, Br),
  ovs.Flow_Sample_Collector_Set.id(Row, Id).

# The order of values does not matter, so that equal circumstances are one list.
action_values(Lf, Dp, Values) :-
  action_value(Lf, Dp, Text)
  |> do fn:group_by(Lf, Dp), let Values = fn:collect_distinct(Text).
action_values(Lf, Dp, []) :-
  lflow_active(Lf, Dp),
  !action_value(Lf, Dp, _).

# What a flow does depends on its text, on where it is, and on what the text needs.
action_use(Lf, Dp, Actions, Pipeline, Table, Type, Values) :-
  lflow_place(Lf, Dp, Pipeline, Table, Type),
  sb.Logical_Flow.actions(Lf, Actions),
  action_values(Lf, Dp, Values).

# The groups of OpenFlow that actions use are numbered by their texts.
Decl action_group(Actions, Pipeline, Table, Type, Values, Group)
  descr [
    doc("Actions, there and with these Values, use the OpenFlow group with the text Group.")]
  bound [/string, /string, /number, /string, .List</string>, /string].

# Flows in equal circumstances use the same groups.
action_group(Actions, Pipeline, Table, Type, Values, Group) :-
  action_use(_, _, Actions, Pipeline, Table, Type, Values),
  :action_groups(Actions, Pipeline, Table, Type, Values, Group).

# The text of the group stands in the values, with its number.
action_group_value(Actions, Pipeline, Table, Type, Values, fn:fmt("group %q %d", Group, Id)) :-
  action_group(Actions, Pipeline, Table, Type, Values, Group),
  group_id("groups", Group, Id).
action_group_values(Actions, Pipeline, Table, Type, Values, Groups) :-
  action_group_value(Actions, Pipeline, Table, Type, Values, Text)
  |> do fn:group_by(Actions, Pipeline, Table, Type, Values), let Groups = fn:collect_distinct(Text).

Decl lflow_actions(Lf, Dp, Text)
  descr [doc("Text is what the actions of the active flow Lf become in Dp.")]
  bound [/uuid, /uuid, /string].

# A flow waits until all its groups have numbers.
lflow_actions(Lf, Dp, Text) :-
  action_use(Lf, Dp, Actions, Pipeline, Table, Type, Values),
  action_text(Actions, Pipeline, Table, Type, Values, Text).

# Most actions need no group.
action_text(Actions, Pipeline, Table, Type, Values, Text) :-
  action_use(_, _, Actions, Pipeline, Table, Type, Values),
  !action_group(Actions, Pipeline, Table, Type, Values, _),
  !action_fault(Actions, _),
  Text = fn:action_text(Actions, Pipeline, Table, Type, Values),
  Text != "".
action_text(Actions, Pipeline, Table, Type, Values, Text) :-
  action_group_values(Actions, Pipeline, Table, Type, Values, Groups),
  Text = fn:action_text(Actions, Pipeline, Table, Type, fn:list:concat(Values, Groups)),
  Text != "".

# What is wrong with a text is told once a text,
action_fault(Actions, Why) :-
  lflow_active(Lf, _),
  sb.Logical_Flow.actions(Lf, Actions),
  :action_error(Actions, Why).

# and to the user once a flow.
problem("Logical_Flow", Lf, "actions", Why) :-
  lflow_active(Lf, _),
  sb.Logical_Flow.actions(Lf, Actions),
  action_fault(Actions, Why).

# Some actions are right by themselves, but not where they are.
problem("Logical_Flow", Lf, "actions", Why) :-
  action_use(Lf, _, Actions, Pipeline, Table, Type, Values),
  action_misfit(Actions, Pipeline, Table, Type, Values, Why).
action_misfit(Actions, Pipeline, Table, Type, Values, Why) :-
  action_use(_, _, Actions, Pipeline, Table, Type, Values),
  :action_expand_error(Actions, Pipeline, Table, Type, Values, Why).
