# MAC_Binding: neighbours that routers have learnt. Those of a port that is gone are deleted.
#
# ovn-sb(5), table MAC_Binding. Fills no stage.

Decl table.sb.MAC_Binding()
  descr [doc("Hypervisors insert the rows; northd only drops some."), foreign("leave"), output()].

# Ports of switches and of routers share their names.
drop.sb.MAC_Binding(Row) :-
  sb.MAC_Binding.logical_port(Row, Name),
  !nb.Logical_Switch_Port.name(_, Name),
  !nb.Logical_Router_Port.name(_, Name).
