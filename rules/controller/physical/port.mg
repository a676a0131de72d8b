# Virtual network cards: from the physical port into the logical one, and out again.
#
# ovn-architecture(7), "Architectural Physical Life Cycle of a Packet", steps 1, 2 and 7 to 9. Fills
# OpenFlow tables 0, 40, 41, 64 and 65.

Decl attached_port(Pb, Ofport, Input, Output, Cookie)
  descr [
    doc("The logical port Pb is the physical port Ofport here. Input and Output are the matches of",
      "packets from and to it.")]
  bound [/uuid, /number, /string, /string, /number].

# A port without an OpenFlow number cannot be used yet.
attached_port(Pb, Ofport, Input, Output, fn:uuid:first32(Pb)) :-
  vif_ofport(Pb, Ofport),
  port_match(Pb, Input, Output).

# What is known of a packet from a port is loaded, and it enters the logical ingress pipeline.
flow_candidate(0, 100, fn:fmt("in_port=%d", Ofport), Actions, Cookie, 0) :-
  attached_port(Pb, Ofport, _, _, Cookie),
  port_place(Pb, _, DpKey, Key),
  zone_load(Pb, Zones),
  port_mark(Pb, Mark),
  Actions = fn:fmt("%s,set_field:0x%x->metadata,set_field:0x%x->reg14,%sresubmit(,8)", Zones, DpKey,
    Key, Mark).

# Bit 10 of the flags says that the packet comes from a port that every hypervisor has, so that it
# must not leave this one.
port_mark(Pb, "set_field:0x400/0x400->reg10,") :- vif_ofport(Pb, _), port_is_localport(Pb).
port_mark(Pb, "") :- vif_ofport(Pb, _), !port_is_localport(Pb).

Decl port_is_localport(Pb)
  descr [doc("The port Pb is on every hypervisor, for itself.")]
  bound [/uuid].

# Neutron uses them for its metadata service.
port_is_localport(Pb) :- sb.Port_Binding.type(Pb, "localport").

# A packet to the port leaves the logical ingress pipeline here.
flow_candidate(40, 100, Output, fn:fmt("%s,resubmit(,41)", Zones), Cookie, 0) :-
  attached_port(Pb, _, _, Output, Cookie),
  zone_load(Pb, Zones).

# A packet does not go back to where it came from unless a router or a load balancer means it to.
flow_candidate(41, 100, Match, "drop", Cookie, 1) :-
  attached_port(Pb, _, _, _, Cookie),
  port_place(Pb, _, DpKey, Key),
  Match = fn:fmt("reg10=0/0x1,reg14=0x%x,reg15=0x%x,metadata=0x%x", Key, Key, DpKey).

# If it is meant to, Open vSwitch must not know where it came from: it would not send it back.
flow_candidate(64, 100, fn:fmt("reg10=0x1/0x1,%s", Output), Actions, Cookie, 0) :-
  attached_port(_, _, _, Output, Cookie),
  Actions =
    "push:NXM_OF_IN_PORT[],set_field:ANY->in_port,resubmit(,65),pop:NXM_OF_IN_PORT[]".

# The last step leaves the logical network.
flow_candidate(65, 100, Output, fn:fmt("output:%d", Ofport), Cookie, 0) :-
  attached_port(_, Ofport, _, Output, Cookie).
