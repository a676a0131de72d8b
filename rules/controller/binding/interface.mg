# Interfaces of machines: which interface of the integration bridge stands for which logical port.
#
# ovn-architecture(7), "Life Cycle of a VIF", step 5; ovs-vswitchd.conf.db(5), Interface,
# external_ids:iface-id. Fills no table.

Decl interface_port(Iface, Name, Ofport)
  descr [
    doc("Iface, an interface of the integration bridge with the OpenFlow port Ofport, stands for the",
      "logical port Name, whether there is such a port or not. No other interface does."),
    feedback("of the interface's external_ids we only write whether its flows are in place")]
  bound [/uuid, /string, /number].

Decl port_interface(Pb, Iface)
  descr [doc("Iface stands for the logical port of Pb, and is of the version that Pb asks for.")]
  bound [/uuid, /uuid].

Decl interface_setting(Iface, Key, Value)
  descr [
    doc("Whoever has attached Iface, which stands for a logical port, says this in its external_ids."),
    feedback("of the external_ids we only write whether the port's flows are in place")]
  bound [/uuid, /string, /string].

# An interface counts from when Open vSwitch has given it a port.
# woven:feedback whoever has added the port, its interface is read
interface_candidate(Name, Port, Iface, Ofport) :-
  integration_bridge(Br),
  ovs.Bridge.ports(Br, Port),
  ovs.Port.interfaces(Port, Iface),
  ovs.Interface.external_ids(Iface, "iface-id", Name),
  Name != "",
  ovs.Interface.ofport(Iface, Ofport),
  Ofport > 0.

# Of several interfaces for one logical port, the one whose port has the least uuid counts.
interface_is_extra(Iface, Name) :-
  interface_candidate(Name, Port, Iface, _),
  interface_candidate(Name, Other, _, _),
  fn:lt(Other, Port) = /true .
interface_is_extra(Iface, Name) :-
  interface_candidate(Name, Port, Iface, _),
  interface_candidate(Name, Port, Other, _),
  fn:lt(Other, Iface) = /true .

# So an interface stands for one port, and a port has one interface.
interface_port(Iface, Name, Ofport) :-
  interface_candidate(Name, _, Iface, Ofport),
  !interface_is_extra(Iface, _).

# The user is told which one does nothing.
problem("Interface", Iface, "external_ids:iface-id", Why) :-
  interface_is_extra(Iface, Name),
  Why = fn:fmt("another interface stands for the port %q already", Name).

# What else an interface says about its port.
interface_setting(Iface, Key, Value) :-
  interface_port(Iface, _, _),
  interface_key(Key),
  ovs.Interface.external_ids(Iface, Key, Value).
interface_key("iface-id-ver").
interface_key("encap-ip").

# While a machine moves, its old and its new interface may both exist; a version tells them apart.
interface_is_outdated(Pb, Iface) :-
  interface_port(Iface, Name, _),
  sb.Port_Binding.logical_port(Pb, Name),
  sb.Port_Binding.options(Pb, "iface-id-ver", Version),
  !interface_setting(Iface, "iface-id-ver", Version).

# A port that asks for no version takes any.
port_interface(Pb, Iface) :-
  interface_port(Iface, Name, _),
  sb.Port_Binding.logical_port(Pb, Name),
  !interface_is_outdated(Pb, Iface).
