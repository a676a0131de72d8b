# What interfaces are bound to, for users: ovn-appctl debug/dump-local-bindings shows it.
#
# ovn-controller(8), "Runtime Management Commands". Fills no table.

Decl local_binding(Name, Interface, Kind)
  descr [
    doc("Interface is there for the logical port Name, which is a Kind: primary, the port of a",
      "machine, or localport. An empty Kind says that the port is not here."),
    feedback("nobody changes the name of an interface"),
    output()]
  bound [/string, /string, /string].

# A machine's port that we have claimed.
local_binding(Name, Interface, "primary") :-
  port_claimed(Pb),
  machine_port(Pb, Iface),
  interface_port(Iface, Name, _),
  ovs.Interface.name(Iface, Interface).

# A port that every hypervisor has.
bound_localport(Iface) :-
  port_interface(Pb, Iface),
  sb.Port_Binding.type(Pb, "localport").
local_binding(Name, Interface, "localport") :-
  bound_localport(Iface),
  interface_port(Iface, Name, _),
  ovs.Interface.name(Iface, Interface).

# There is no such port, or it is elsewhere.
bound_interface(Iface) :- port_claimed(Pb), machine_port(Pb, Iface).
local_binding(Name, Interface, "") :-
  interface_port(Iface, Name, _),
  !bound_interface(Iface),
  !bound_localport(Iface),
  ovs.Interface.name(Iface, Interface).
