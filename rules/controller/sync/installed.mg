# Ports that are ready: their flows are in the switch. The local Open vSwitch is told for the sake of
# whoever starts the machine, the Southbound for that of whoever has asked for the port.
#
# ovn-controller(8), external_ids:ovn-installed in the Interface table; ovn-sb(5), Port_Binding, up.
# Fills the entries ovn-installed and ovn-installed-ts of interfaces; sync/port_binding.mg writes up.

Decl port_installed(Pb)
  descr [doc("The port Pb lives here, others know it, and its flows are in the switch.")]
  bound [/uuid].

# What has been told stays as it is. So a new daemon finds the ports that are ready.
# woven:feedback it is the memory of what was reached
port_is_told(Pb) :-
  port_claimed(Pb),
  port_bound(Pb),
  sb.Port_Binding.up(Pb, /true),
  !interface_is_untold(Pb).

# woven:feedback it is the memory of what was reached
interface_is_untold(Pb) :-
  machine_port(Pb, Iface),
  !ovs.Interface.external_ids(Iface, "ovn-installed", "true").
port_installed(Pb) :- port_is_told(Pb).

# What follows from others knowing the port belongs to its flows, so the switch is asked then. When
# the OpenFlow port changes, it is asked anew.
port_is_new(Pb, 0) :-
  port_claimed(Pb),
  port_bound(Pb),
  !machine_port(Pb, _),
  !port_is_told(Pb).
port_is_new(Pb, Ofport) :-
  port_claimed(Pb),
  port_bound(Pb),
  machine_port(Pb, Iface),
  interface_port(Iface, _, Ofport),
  !port_is_told(Pb).
port_question(Pb, fn:fmt("port %s", Name), Ofport) :-
  port_is_new(Pb, Ofport),
  sb.Port_Binding.logical_port(Pb, Name).
ask("openflow", Key, Ofport) :- port_question(_, Key, Ofport).

# Only the answer to what is asked now counts.
port_is_answered(Pb, Time) :-
  port_question(Pb, Key, Ofport),
  acked("openflow", Key, Ofport, Time).
port_installed(Pb) :- port_is_answered(Pb, _).

# The mark is taken from an interface that does not stand for a ready port any more.
# woven:feedback whoever has marked it
interface_is_marked(Iface) :-
  integration_bridge(Br),
  ovs.Bridge.ports(Br, Port),
  ovs.Port.interfaces(Port, Iface),
  ovs.Interface.external_ids(Iface, "ovn-installed", _).

# Localports, gateways and containers have no interface that could be marked.
installed_interface(Pb, Iface) :- machine_port(Pb, Iface), port_installed(Pb).

want.ovs.Interface(Iface) :- interface_is_marked(Iface).
want.ovs.Interface(Iface) :- installed_interface(_, Iface).

# woven:feedback an interface is found by its name
want.ovs.Interface.name(Iface, Name) :- interface_is_marked(Iface), ovs.Interface.name(Iface, Name).
# woven:feedback an interface is found by its name
want.ovs.Interface.name(Iface, Name) :-
  installed_interface(_, Iface),
  ovs.Interface.name(Iface, Name).

want.ovs.Interface.external_ids(Iface, "ovn-installed", "true") :- installed_interface(_, Iface).
want.ovs.Interface.external_ids(Iface, "ovn-installed-ts", fn:text(Time)) :-
  installed_interface(Pb, Iface),
  port_is_answered(Pb, Time).

# woven:feedback the time of what was reached earlier is not known anywhere else
want.ovs.Interface.external_ids(Iface, "ovn-installed-ts", Time) :-
  installed_interface(Pb, Iface),
  port_is_told(Pb),
  ovs.Interface.external_ids(Iface, "ovn-installed-ts", Time).
