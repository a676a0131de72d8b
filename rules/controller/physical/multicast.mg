# Multicast groups: one copy of a packet for every port of the group that is here, and one for
# every hypervisor that has others.
#
# ovn-sb(5), Multicast_Group; ovn-architecture(7), "Architectural Physical Life Cycle of a Packet".
# Fills OpenFlow tables 39 and 40.

Decl group_place(Group, Dp, DpKey, Key)
  descr [doc("The multicast group is in the local datapath Dp; their tunnel keys are Key and DpKey.")]
  bound [/uuid, /uuid, /number, /number].

# Groups of datapaths that are not here do not matter.
group_place(Group, Dp, DpKey, Key) :-
  local_datapath(Dp),
  sb.Multicast_Group.datapath(Group, Dp),
  datapath_key(Dp, DpKey),
  sb.Multicast_Group.tunnel_key(Group, Key).

# Members are looked at for groups that matter only.
group_member(Group, Pb) :-
  group_place(Group, _, _, _),
  sb.Multicast_Group.ports(Group, Pb).

# A copy for each port that is here. Zones are loaded for all ports that have one, as the
# reference does.
group_copy(Group, fn:fmt("set_field:0x%x->reg13,set_field:0x%x->reg15,resubmit(,41)", Zone, Key)) :-
  group_member(Group, Pb),
  port_is_here(Pb),
  port_zone(Pb, Zone),
  port_key(Pb, Key).
group_copy(Group, fn:fmt("set_field:0x%x->reg13", Zone)) :-
  group_member(Group, Pb),
  !port_is_here(Pb),
  port_zone(Pb, Zone).

# Localports get their copies elsewhere.
port_is_here(Pb) :- vif_ofport(Pb, _), !port_is_localport(Pb).

# The order of copies does not matter; this one stays the same.
group_copies(Group, Copies) :-
  group_copy(Group, Copy)
  |> do fn:group_by(Group), let Copies = fn:join(Copy, ",").

# After the copies the packet is for the group again.
flow_candidate(40, 100, Match, fn:fmt("%s,set_field:0x%x->reg15", Copies, Key), Cookie, 0) :-
  group_copies(Group, Copies),
  group_place(Group, _, DpKey, Key),
  Match = fn:fmt("reg15=0x%x,metadata=0x%x", Key, DpKey),
  Cookie = fn:uuid:first32(Group).

Decl group_chassis(Group, Chassis)
  descr [doc("The other Chassis has a port of the multicast group, and a tunnel leads there.")]
  bound [/uuid, /uuid].

# woven:feedback a port with a tunnel to it is on another chassis, which has written so
group_chassis(Group, Chassis) :-
  group_member(Group, Pb),
  sb.Port_Binding.chassis(Pb, Chassis),
  chassis_tunnel(Chassis, _, _).

# One packet a hypervisor, which makes copies for its ports itself. The place of the packet is
# written once for all tunnels of a type.
group_output(Group, Type, fn:fmt("output:%d", Ofport)) :-
  group_chassis(Group, Chassis),
  chassis_tunnel(Chassis, Type, Ofport).
group_outputs(Group, Type, Outputs) :-
  group_output(Group, Type, Output)
  |> do fn:group_by(Group, Type), let Outputs = fn:join(Output, ",").
group_sending(Group, fn:fmt("%s,%s", Place, Outputs)) :-
  group_outputs(Group, Type, Outputs),
  group_place(Group, _, DpKey, Key),
  encapsulation(DpKey, Key, Type, Place).
group_sendings(Group, Sendings) :-
  group_sending(Group, Sending)
  |> do fn:group_by(Group), let Sendings = fn:join(Sending, ",").

# Only the hypervisor where the packet entered serves the ports that all hypervisors have.
group_localport(Group, fn:fmt("set_field:0x%x->reg15,resubmit(,41)", Key)) :-
  group_member(Group, Pb),
  port_is_localport(Pb),
  port_key(Pb, Key).
group_localports(Group, Copies) :-
  group_localport(Group, Copy)
  |> do fn:group_by(Group), let Copies = fn:join(Copy, ",").

# After their copies the packet is for the group again.
group_start(Group, fn:fmt("%s,set_field:0x%x->reg15", Copies, Key)) :-
  group_localports(Group, Copies),
  group_place(Group, _, _, Key).

# Localports come first, then tunnels; either may be missing.
group_elsewhere(Group, Start) :- group_start(Group, Start), !group_sendings(Group, _).
group_elsewhere(Group, Sendings) :- group_sendings(Group, Sendings), !group_start(Group, _).
group_elsewhere(Group, fn:fmt("%s,%s", Start, Sendings)) :-
  group_start(Group, Start),
  group_sendings(Group, Sendings).

# Then come the ports that are here.
flow_candidate(39, 100, Match, fn:fmt("%s,resubmit(,40)", Elsewhere), Cookie, 0) :-
  group_elsewhere(Group, Elsewhere),
  group_copies(Group, _),
  group_place(Group, _, DpKey, Key),
  Match = fn:fmt("reg15=0x%x,metadata=0x%x", Key, DpKey),
  Cookie = fn:uuid:first32(Group).
flow_candidate(39, 100, Match, Elsewhere, Cookie, 0) :-
  group_elsewhere(Group, Elsewhere),
  !group_copies(Group, _),
  group_place(Group, _, DpKey, Key),
  Match = fn:fmt("reg15=0x%x,metadata=0x%x", Key, DpKey),
  Cookie = fn:uuid:first32(Group).
