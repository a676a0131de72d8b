# Where a port is wanted: the chassis that the user names, and further ones during a migration.
#
# ovn-nb(5), Logical_Switch_Port, options:requested-chassis; ovn-sb(5), Port_Binding,
# requested_chassis and requested_additional_chassis. Fills no stage.

# The option lists chassis by name or by host name; the first one is the port's home.
chassis_request(Lsp, Index, Text) :-
  nb.Logical_Switch_Port.options(Lsp, "requested-chassis", List),
  port_on(Lsp, _),
  :split_index(List, ",", Index, Text),
  Text != "".

# A name wins over a host name.
chassis_called(Text, Chassis) :- sb.Chassis.name(Chassis, Text).
chassis_called(Text, Chassis) :- sb.Chassis.hostname(Chassis, Text), !sb.Chassis.name(_, Text).

want.sb.Port_Binding.requested_chassis(Lsp, Chassis) :-
  chassis_request(Lsp, 0, Text),
  chassis_called(Text, Chassis).

want.sb.Port_Binding.requested_additional_chassis(Lsp, Chassis) :-
  chassis_request(Lsp, Index, Text),
  0 < Index,
  chassis_called(Text, Chassis).

# The chassis may still be to come; until then any may claim the port.
problem("Logical_Switch_Port", Lsp, "options:requested-chassis", Why) :-
  chassis_request(Lsp, _, Text),
  !chassis_called(Text, _),
  Why = fn:fmt("there is no chassis %s", Text).
