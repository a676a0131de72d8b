# Through which OpenFlow ports the packets of local ports enter and leave.
#
# ovn-architecture(7), "Architectural Physical Life Cycle of a Packet". Fills no table; physical/
# makes flows of it.

Decl vif_ofport(Pb, Ofport)
  descr [
    doc("Packets of the port Pb, that of a machine here or a localport, enter and leave through the",
      "OpenFlow port Ofport.")]
  bound [/uuid, /number].

# Packets for a machine's port come here once it is claimed, and not before.
vif_ofport(Pb, Ofport) :-
  port_claimed(Pb),
  machine_port(Pb, Iface),
  interface_port(Iface, _, Ofport).

# A localport is on every hypervisor that has an interface for it, and nobody claims it.
vif_ofport(Pb, Ofport) :-
  port_interface(Pb, Iface),
  sb.Port_Binding.type(Pb, "localport"),
  interface_port(Iface, _, Ofport).
