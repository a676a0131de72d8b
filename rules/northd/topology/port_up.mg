# Ports that are up: a hypervisor has claimed them and, where it says so, has set up their flows.
#
# ovn-architecture(7), "Life Cycle of a VIF"; ovn-sb(5), Port_Binding, up. Fills no stage.

Decl port_is_up(Lsp)
  descr [doc("The port Lsp is ready to send and receive on some hypervisor.")]
  bound [/uuid].

# A patch to a router is ready as soon as it exists.
port_is_up(Lsp) :- port_on(Lsp, _), nb.Logical_Switch_Port.type(Lsp, "router").

# An old ovn-controller does not tell when its flows are in place; a claim has to do.
port_is_up(Lsp) :-
  sb_port(Pb, Lsp, _),
  sb.Port_Binding.chassis(Pb, Chassis),
  !chassis_tells_up(Chassis).

# A newer one sets the column up when they are.
# woven:feedback northd writes up only into new rows; from then on ovn-controller does
port_is_up(Lsp) :-
  sb_port(Pb, Lsp, _),
  sb.Port_Binding.chassis(Pb, Chassis),
  chassis_tells_up(Chassis),
  sb.Port_Binding.up(Pb, /true).

# It says so among its features.
chassis_tells_up(Chassis) :-
  sb.Chassis.other_config(Chassis, "port-up-notif", Text),
  fn:string:lower(Text) = "true".
