# Where a packet is in the logical network, as registers: the words that the other files are made
# of. metadata is the datapath, reg14 the port that a packet came from, reg15 the one that it goes
# to, reg13, reg11 and reg12 are conntrack zones: of the port, and for DNAT and SNAT.
#
# ovn-architecture(7), "Logical Data Fields" in "Life of a Packet". Fills no table.

Decl port_match(Pb, Input, Output)
  descr [
    doc("Input is the match of packets that came from the port Pb of a local datapath, Output of",
      "those that go to it.")]
  bound [/uuid, /string, /string].

# Both are the same two numbers, in one register or the other.
port_match(Pb, Input, Output) :-
  port_place(Pb, _, DpKey, Key),
  Input = fn:fmt("reg14=0x%x,metadata=0x%x", Key, DpKey),
  Output = fn:fmt("reg15=0x%x,metadata=0x%x", Key, DpKey).

Decl port_place(Pb, Dp, DpKey, Key)
  descr [doc("The port Pb is in the local datapath Dp; their tunnel keys are Key and DpKey.")]
  bound [/uuid, /uuid, /number, /number].

# Ports of datapaths that are not local have no place here.
port_place(Pb, Dp, DpKey, Key) :-
  local_datapath(Dp),
  port_datapath(Pb, Dp),
  datapath_key(Dp, DpKey),
  port_key(Pb, Key).

Decl zone_load(Pb, Actions)
  descr [doc("Actions tell the connection tracker that a packet passes the port Pb.")]
  bound [/uuid, /string].

# The three zones are always loaded together.
zone_load(Pb, Actions) :-
  port_zone(Pb, Zone),
  port_datapath(Pb, Dp),
  datapath_zones(Dp, Dnat, Snat),
  Actions = fn:fmt("set_field:0x%x->reg13,set_field:0x%x->reg11,set_field:0x%x->reg12", Zone,
    Dnat, Snat).
