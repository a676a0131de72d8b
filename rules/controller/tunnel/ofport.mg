# How flows use tunnels: the number of each tunnel's port, and the field that carries what the
# tunnel's key has no room for.
#
# ovn-architecture(7), "Tunnel Encapsulations". Fills no table.

Decl tunnel(Chassis, Ip, Type, Port)
  descr [
    doc("Packets that leave through the OpenFlow port Port reach Chassis, a row of Chassis, at Ip",
      "through a tunnel of Type: geneve, stt or vxlan.")]
  bound [/uuid, /string, /string, /number].

Decl tunnel_metadata_field(Name)
  descr [
    doc("The field Name, such as tun_metadata0, holds the logical ports of a packet in Geneve."),
    singleton()]
  bound [/string].

# OVN's option for Geneve: class 0x0102, type 0x80, of four bytes.
geneve_option(258, 128, 4).
tunnel_option(Class, Type, Length) :- geneve_option(Class, Type, Length).

# Which field it is, the switch says.
tunnel_metadata_field(fn:fmt("tun_metadata%d", Index)) :-
  geneve_option(Class, Type, Length),
  tunnel_field(Class, Type, Length, Index).

# A tunnel is of use as soon as the switch has given it a number.
# woven:feedback the port is found by its name, and has what was wanted or not yet
tunnel(Chassis, Ip, Type, Port) :-
  tunnel_end(Id, Chassis, Type, Ip, _),
  tunnel_name(Id, Name),
  ovs.Interface.name(Interface, Name),
  ovs.Interface.type(Interface, Type),
  ovs.Interface.ofport(Interface, Port),
  Port > 0.
