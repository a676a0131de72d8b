# Conditional monitoring: of the Southbound only what concerns our hypervisor is asked for, unless
# the user wants it all.
#
# ovn-controller(8), external_ids:ovn-monitor-all. Fills no table.

Decl monitor_pending()
  descr [doc("Rows that are wanted have not all come yet.")]
  bound [].

Decl table.sb.Logical_Flow()
  descr [doc("Nothing is ours; some rows are asked for."), conditional(), foreign("leave"), output()].
Decl table.sb.Logical_DP_Group()
  descr [doc("Nothing is ours; all rows are asked for."), conditional(), foreign("leave"), output()].
Decl table.sb.Multicast_Group()
  descr [doc("Nothing is ours; some rows are asked for."), conditional(), foreign("leave"), output()].
Decl table.sb.MAC_Binding()
  descr [doc("Nothing is ours; some rows are asked for."), conditional(), foreign("leave"), output()].

# The tables whose rows are asked for by conditions.
conditional_table("Port_Binding").
conditional_table("Logical_Flow").
conditional_table("Logical_DP_Group").
conditional_table("Multicast_Group").
conditional_table("MAC_Binding").
conditional_table("Chassis_Private").

# The user may prefer a load on the network and in memory to one on the server.
monitor("sb", Table, "", "true", "") :-
  config_flag("ovn-monitor-all", /true),
  conditional_table(Table).

# Most want what concerns them, and only that.
monitor("sb", Table, Column, Function, Value) :-
  config_flag("ovn-monitor-all", /false),
  concern(Table, Column, Function, Value).

# Ways between datapaths matter wherever they are, because they say which datapaths are local.
concern("Port_Binding", "type", "==", "patch").
concern("Port_Binding", "type", "==", "chassisredirect").
concern("Port_Binding", "type", "==", "external").

# A port matters that has an interface here, and so do the containers behind it.
concern("Port_Binding", "logical_port", "==", Name) :- interface_port(_, Name, _).
concern("Port_Binding", "parent_port", "==", Name) :- interface_port(_, Name, _).

# So does one that is ours or is to be.
concern("Port_Binding", "chassis", "==", fn:text(Chassis)) :- our_chassis(Chassis).
concern("Port_Binding", "requested_chassis", "==", fn:text(Chassis)) :- our_chassis(Chassis).
concern("Port_Binding", "options", "includes", fn:fmt("%s=%s", Option, Name)) :-
  chassis_name(Name),
  gateway_option(_, Option).

# How far others are is not our business.
concern("Chassis_Private", "name", "==", Name) :- chassis_name(Name).

# Of local datapaths everything matters.
datapath_column("Port_Binding", "datapath").
datapath_column("Logical_Flow", "logical_datapath").
datapath_column("Multicast_Group", "datapath").
datapath_column("MAC_Binding", "datapath").

# woven:cross a few columns name a datapath
concern(Table, Column, "==", fn:text(Dp)) :- datapath_column(Table, Column), local_datapath(Dp).

# Flows of several datapaths, and which these are, cannot be told apart by a condition.
concern("Logical_Flow", "logical_dp_group", "!=", "").
concern("Logical_DP_Group", "", "true", "").

# The server has to take a condition in, and to send the rows that it selects.
monitor_pending() :-
  monitor(Database, Table, Column, Function, Value),
  !monitored(Database, Table, Column, Function, Value).

# Each row that comes may make more rows wanted. When none is missing for the first time, all is
# known that flows are made of. From then on what changes is worked in as it comes, also while the
# server cannot be reached.
ask("batch", "all is known", 0) :-
  our_chassis(_),
  config_flag("ovn-monitor-all", _),
  !monitor_pending().
ask("batch", "all is known", 0) :- acked("batch", "all is known", 0, _).
switch_ready() :- acked("batch", "all is known", 0, _).
