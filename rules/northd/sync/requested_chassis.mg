# Where a port is wanted: the chassis that the user names, and further ones during a migration.
#
# ovn-nb(5), Logical_Switch_Port, options:requested-chassis; ovn-sb(5), Port_Binding,
# requested_chassis and requested_additional_chassis. Fills no stage.

# The option lists chassis by name or by host name. A patch to a router is everywhere.
chassis_request(Lsp, Index, Text) :-
  nb.Logical_Switch_Port.options(Lsp, "requested-chassis", List),
  port_on(Lsp, _),
  !nb.Logical_Switch_Port.type(Lsp, "router"),
  :split_index(List, ",", Index, Text),
  Text != "".

# A name wins over a host name.
chassis_called(Text, Chassis) :- sb.Chassis.name(Chassis, Text).
chassis_called(Text, Chassis) :- sb.Chassis.hostname(Chassis, Text), !sb.Chassis.name(_, Text).

# What is not there cannot be chosen, and does not count.
chassis_choice(Lsp, Index, Chassis) :-
  chassis_request(Lsp, Index, Text),
  chassis_called(Text, Chassis).

# The first of those that exist is the port's home.
home_choice(Lsp, Home) :-
  chassis_choice(Lsp, Index, _)
  |> do fn:group_by(Lsp), let Home = fn:min(Index).

want.sb.Port_Binding.requested_chassis(Lsp, Chassis) :-
  home_choice(Lsp, Index),
  chassis_choice(Lsp, Index, Chassis).

# The others are where it may be as well.
want.sb.Port_Binding.requested_additional_chassis(Lsp, Chassis) :-
  home_choice(Lsp, Home),
  chassis_choice(Lsp, Index, Chassis),
  Home < Index.

# The chassis may still be to come; until then any may claim the port.
problem("Logical_Switch_Port", Lsp, "options:requested-chassis", Why) :-
  chassis_request(Lsp, _, Text),
  !chassis_called(Text, _),
  Why = fn:fmt("there is no chassis %s", Text).
