# Claims: which ports our hypervisor takes for itself, so that all others send their packets here.
#
# ovn-architecture(7), "Life Cycle of a VIF", steps 6 to 10, and "Life Cycle of a Container
# Interface Inside a VM"; ovn-sb(5), Port_Binding, chassis. Fills no table; sync/port_binding.mg
# writes what is claimed.

Decl port_claimed(Pb)
  descr [doc("As far as we are concerned the port Pb lives on our hypervisor.")]
  bound [/uuid].

Decl port_bound(Pb)
  descr [
    doc("The Southbound says that the port Pb lives on our hypervisor."),
    feedback("what others see counts, not what we have sent")]
  bound [/uuid].

Decl machine_port(Pb, Iface)
  descr [doc("Pb is a machine's port, and Iface the interface that stands for it here.")]
  bound [/uuid, /uuid].

Decl container(Pb, Parent)
  descr [doc("Pb is the port of a container, which lies behind the machine's port called Parent.")]
  bound [/uuid, /string].

Decl port_contested(Pb, Other)
  descr [
    doc("The port Pb is ours by all that we know, but the Southbound says that it lives on Other,",
      "a row of Chassis."),
    feedback("who has claimed the port last is only known there")]
  bound [/uuid, /uuid].

Decl gateway_option(Type, Option)
  descr [doc("A port of Type lives on the chassis whose name is in its option Option.")]
  bound [/string, /string].

# An ordinary port is that of a machine, or that of a container inside of one.
container(Pb, Parent) :-
  sb.Port_Binding.parent_port(Pb, Parent),
  Parent != "",
  sb.Port_Binding.type(Pb, "").

# Interfaces for ports of other types do not make them a machine's.
machine_port(Pb, Iface) :-
  port_interface(Pb, Iface),
  sb.Port_Binding.type(Pb, ""),
  !container(Pb, _).

# A machine's port is where its interface is, unless the user wants it elsewhere.
machine_claim(Pb) :- machine_port(Pb, _), !port_is_elsewhere(Pb).
port_claim(Pb) :- machine_claim(Pb).

# A container's port is where its machine is.
port_claim(Pb) :-
  machine_claim(Machine),
  sb.Port_Binding.logical_port(Machine, Parent),
  container(Pb, Parent),
  !port_is_elsewhere(Pb).

# Gateways are where the user has put them.
gateway_option("l2gateway", "l2gateway-chassis").
gateway_option("l3gateway", "l3gateway-chassis").
port_claim(Pb) :-
  chassis_name(Name),
  gateway_option(Type, Option),
  sb.Port_Binding.options(Pb, Option, Name),
  sb.Port_Binding.type(Pb, Type).

# What nobody else holds is ours at once.
port_claimed(Pb) :- port_claim(Pb), !port_contested(Pb, _).

# Two hypervisors may have an interface each for one port, and northd does not know better. None
# may take the port from the other more often than each half second, or the Southbound would do
# nothing else.
port_contested(Pb, Other) :-
  port_claim(Pb),
  sb.Port_Binding.chassis(Pb, Other),
  !our_chassis(Other),
  !port_is_sent_here(Pb).

# Who finds the port elsewhere takes it, as when a machine has moved here. Who has had it already and
# lost it waits.
port_claimed(Pb) :- port_contested(Pb, _), !port_lost(Pb).

# That the port was ours is remembered while it is, and then while it is contested.
bound_name(Pb, fn:fmt("bound %s", Name)) :-
  port_bound(Pb),
  port_claim(Pb),
  sb.Port_Binding.logical_port(Pb, Name).
ask("batch", Key, 0) :- bound_name(_, Key).
lost_name(Pb, Name, fn:fmt("bound %s", Name)) :-
  port_contested(Pb, _),
  sb.Port_Binding.logical_port(Pb, Name).
port_lost(Pb) :- lost_name(Pb, _, Key), acked("batch", Key, 0, _).
ask("batch", Key, 0) :- port_lost(Pb), lost_name(Pb, _, Key).

# The half second begins when the session has seen that the port is lost.
contest(Pb, fn:fmt("contest %s", Name)) :- port_lost(Pb), lost_name(Pb, Name, _).
ask("batch", Key, 0) :- contest(_, Key).
truce(Pb, Key, fn:plus(Time, 500)) :- contest(Pb, Key), acked("batch", Key, 0, Time).
timer(Key, Deadline) :- truce(_, Key, Deadline).
port_claimed(Pb) :- truce(Pb, Key, Deadline), expired(Key, Deadline).

# What the Southbound says of us.
port_bound(Pb) :- our_chassis(Chassis), sb.Port_Binding.chassis(Pb, Chassis).
