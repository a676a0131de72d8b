# Tunnels: how a packet's place in the logical network travels from hypervisor to hypervisor.
#
# Geneve and STT carry the datapath (24 bits), the port of origin (15) and the destination (16);
# VXLAN the datapath and the destination in 12 bits each, with the highest bit for groups.
# ovn-architecture(7), "Tunnel Encapsulations". Fills OpenFlow tables 0 and 39.

# The receiver has nothing left to decide but what happens at the port.
flow_candidate(0, 100, fn:fmt("in_port=%d", Ofport), Actions, 0, 0) :-
  tunnel(_, _, "geneve", Ofport),
  tunnel_metadata_field(Field),
  Option = fn:string:upper(Field),
  Actions = fn:fmt("%s,move:NXM_NX_%s[16..30]->NXM_NX_REG14[0..14],%s,resubmit(,40)",
    "move:NXM_NX_TUN_ID[0..23]->OXM_OF_METADATA[0..23]",
    Option, fn:fmt("move:NXM_NX_%s[0..15]->NXM_NX_REG15[0..15]", Option)).
flow_candidate(0, 100, fn:fmt("in_port=%d", Ofport), Actions, 0, 0) :-
  tunnel(_, _, "stt", Ofport),
  Actions = fn:fmt("%s,%s,%s,resubmit(,40)",
    "move:NXM_NX_TUN_ID[40..54]->NXM_NX_REG14[0..14]",
    "move:NXM_NX_TUN_ID[24..39]->NXM_NX_REG15[0..15]",
    "move:NXM_NX_TUN_ID[0..23]->OXM_OF_METADATA[0..23]").
flow_candidate(0, 100, fn:fmt("in_port=%d", Ofport), Actions, 0, 0) :-
  tunnel(_, _, "vxlan", Ofport),
  Actions = fn:fmt("%s,%s,resubmit(,40)",
    "move:NXM_NX_TUN_ID[12..23]->NXM_NX_REG15[0..11]",
    "move:NXM_NX_TUN_ID[0..11]->OXM_OF_METADATA[0..11]").
flow_candidate(0, 105, fn:fmt("tun_id=0x800000/0x800000,in_port=%d", Ofport), Actions, 0, 0) :-
  tunnel(_, _, "vxlan", Ofport),
  Actions = fn:fmt("set_field:0x8000/0x8000->reg15,%s,%s,resubmit(,40)",
    "move:NXM_NX_TUN_ID[12..22]->NXM_NX_REG15[0..10]",
    "move:NXM_NX_TUN_ID[0..11]->OXM_OF_METADATA[0..11]").

Decl encapsulation(DpKey, Key, Type, Actions)
  descr [
    doc("Actions write the place of a packet in the datapath DpKey to the port or group Key as",
      "tunnels of Type have it. There is a row for what is on other hypervisors.")]
  bound [/number, /number, /string, /string].

# Geneve has room for both ports in its option.
encapsulation(DpKey, Key, "geneve", Actions) :-
  remote_destination(DpKey, Key),
  tunnel_metadata_field(Field),
  Actions = fn:fmt(
    "set_field:0x%x/0xffffff->tun_id,set_field:0x%x->%s,move:NXM_NX_REG14[0..14]->NXM_NX_%s[16..30]",
    DpKey, Key, Field, fn:string:upper(Field)).
encapsulation(DpKey, Key, "stt", Actions) :-
  remote_destination(DpKey, Key),
  Actions = fn:fmt("set_field:0x%x->tun_id,move:NXM_NX_REG14[0..14]->NXM_NX_TUN_ID[40..54]",
    fn:plus(DpKey, fn:mult(Key, 16777216))).
encapsulation(DpKey, Key, "vxlan", Actions) :-
  remote_destination(DpKey, Key),
  Short = fn:if(fn:lt(Key, 32768), Key, fn:bit:or(2048, fn:bit:and(Key, 2047))),
  Actions = fn:fmt("set_field:0x%x/0xffffff->tun_id", fn:plus(DpKey, fn:mult(Short, 4096))).

Decl chassis_tunnel(Chassis, Type, Ofport)
  descr [
    doc("What is for the other Chassis, wherever it is there, goes through the tunnel Ofport. Of",
      "several tunnels the one to the least address is taken.")]
  bound [/uuid, /string, /number].

# Which one does not matter, but it must stay the same.
chassis_address(Chassis, First) :-
  tunnel(Chassis, Ip, _, _)
  |> do fn:group_by(Chassis), let First = fn:min(Ip).
chassis_tunnel(Chassis, Type, Ofport) :-
  chassis_address(Chassis, Ip),
  tunnel(Chassis, Ip, Type, Ofport).

Decl remote_destination(DpKey, Key)
  descr [doc("The port or group Key of the local datapath DpKey is, or has members, elsewhere.")]
  bound [/number, /number].

# Encapsulations are made for destinations that somebody sends to.
remote_destination(DpKey, Key) :- remote_port(_, _, DpKey, Key).
remote_destination(DpKey, Key) :-
  group_chassis(Group, _),
  group_place(Group, _, DpKey, Key).

Decl remote_port(Pb, Chassis, DpKey, Key)
  descr [doc("The port Pb of a local datapath is on another Chassis that a tunnel leads to.")]
  bound [/uuid, /uuid, /number, /number].

# woven:feedback a port with a tunnel to it is on another chassis, which has written so
remote_port(Pb, Chassis, DpKey, Key) :-
  port_place(Pb, _, DpKey, Key),
  sb.Port_Binding.chassis(Pb, Chassis),
  chassis_tunnel(Chassis, _, _).

# A port may ask for one of its chassis's addresses.
# woven:feedback it is the address of another chassis, which we do not write
port_tunnel(Pb, Type, Ofport) :-
  remote_port(Pb, Chassis, _, _),
  sb.Port_Binding.encap(Pb, Encap),
  sb.Encap.ip(Encap, Ip),
  tunnel(Chassis, Ip, Type, Ofport).
# woven:feedback it is the address of another chassis, which we do not write
port_chose_tunnel(Pb) :-
  remote_port(Pb, Chassis, _, _),
  sb.Port_Binding.encap(Pb, Encap),
  sb.Encap.ip(Encap, Ip),
  tunnel(Chassis, Ip, _, _).
port_tunnel(Pb, Type, Ofport) :-
  remote_port(Pb, Chassis, _, _),
  !port_chose_tunnel(Pb),
  chassis_tunnel(Chassis, Type, Ofport).

# The ingress pipeline ran here; the egress pipeline runs where the port is.
flow_candidate(39, 100, Output, fn:fmt("%s,output:%d,resubmit(,40)", Place, Ofport), Cookie, 0) :-
  port_tunnel(Pb, Type, Ofport),
  remote_port(Pb, _, DpKey, Key),
  encapsulation(DpKey, Key, Type, Place),
  port_match(Pb, _, Output),
  Cookie = fn:uuid:first32(Pb).

# What comes from a port that every hypervisor has stays here.
flow_candidate(39, 150, Input, "resubmit(,40)", Cookie, 0) :-
  attached_port(Pb, _, Input, _, Cookie),
  port_is_localport(Pb).
