# Port_Binding: where ports live, and whether they are ready. The rows are northd's.
#
# ovn-sb(5), Port_Binding, chassis, encap and up; ovn-architecture(7), "Life Cycle of a VIF". Fills
# these columns of the ports that live here.

Decl table.sb.Port_Binding()
  descr [
    doc("Rows that we claim, or that the Southbound says are here, are ours to that extent; others",
      "are left alone. Some rows are asked for."),
    key("_uuid"),
    owned("chassis", "encap", "up"),
    conditional(),
    output()].

# A port that is claimed becomes ours. One that is ours and not claimed is released; then it is
# nobody's, and what others make of it is not our business.
want.sb.Port_Binding(Pb) :- port_claimed(Pb), our_chassis_handle(_).
want.sb.Port_Binding(Pb) :- port_bound(Pb).

want.sb.Port_Binding.chassis(Pb, Chassis) :- port_claimed(Pb), our_chassis_handle(Chassis).

# The interface may choose among the addresses at which we are reached; of several types of tunnels
# there the best one counts.
encap_choice(Pb, Rank, Encap) :-
  port_interface(Pb, Iface),
  interface_setting(Iface, "encap-ip", Ip),
  our_encap(Encap, Type, Ip),
  tunnel_rank(Type, Rank).
encap_chosen(Pb, Encap) :-
  encap_choice(Pb, Rank, Each)
  |> do fn:group_by(Pb), let Encap = fn:greatest_by(Rank, Each).

# woven:feedback what others see of our tunnels can be referred to
our_encap(Encap, Type, Ip) :-
  our_chassis(Chassis),
  sb.Chassis.encaps(Chassis, Encap),
  sb.Encap.type(Encap, Type),
  sb.Encap.ip(Encap, Ip).

want.sb.Port_Binding.encap(Pb, Encap) :-
  port_claimed(Pb),
  our_chassis_handle(_),
  encap_chosen(Pb, Encap).

# A container is reached where its machine is.
want.sb.Port_Binding.encap(Pb, Encap) :-
  port_claimed(Pb),
  our_chassis_handle(_),
  container(Pb, Parent),
  sb.Port_Binding.logical_port(Machine, Parent),
  encap_chosen(Machine, Encap).

# A northd that does not know of readiness leaves the column empty, and so do we.
# woven:feedback whether there is a value matters, not which one
port_tells_up(Pb) :- sb.Port_Binding.up(Pb, _).

want.sb.Port_Binding.up(Pb, /true) :- port_tells_up(Pb), port_installed(Pb).

# What is claimed newly, or released, is down.
port_is_down(Pb) :- port_claimed(Pb), !port_installed(Pb).
port_is_down(Pb) :- port_bound(Pb), !port_installed(Pb).
want.sb.Port_Binding.up(Pb, /false) :- port_tells_up(Pb), port_is_down(Pb).
