# Learnt Ethernet addresses: behind which port an unknown address was seen.
#
# The logical actions get_fdb() and lookup_fdb() come here. ovn-sb(5), FDB. Fills OpenFlow tables 71
# and 72.

# Rows name datapaths by their tunnel keys; those of other hypervisors' datapaths are left out.
# woven:feedback a row is used when the Southbound has it, whoever has learnt the address
fdb_place(Row, Dp, DpKey) :-
  sb.FDB.dp_key(Row, DpKey),
  datapath_key(Dp, DpKey),
  local_datapath(Dp).

# Where to send a packet for the address.
# woven:feedback a row is used when the Southbound has it, whoever has learnt the address
flow_candidate(71, 100, Match, fn:fmt("set_field:0x%x->reg15", PortKey), Cookie, 0) :-
  fdb_place(Row, _, DpKey),
  sb.FDB.mac(Row, Mac),
  sb.FDB.port_key(Row, PortKey),
  Match = fn:fmt("metadata=0x%x,dl_dst=%s", DpKey, Mac),
  Cookie = fn:uuid:first32(Row).

# Bit 8 of the flags says that the sender is known there, and has not to be learnt again.
# woven:feedback a row is used when the Southbound has it, whoever has learnt the address
flow_candidate(72, 100, Match, "set_field:0x100/0x100->reg10", Cookie, 0) :-
  fdb_place(Row, _, DpKey),
  sb.FDB.mac(Row, Mac),
  sb.FDB.port_key(Row, PortKey),
  Match = fn:fmt("reg14=0x%x,metadata=0x%x,dl_src=%s", PortKey, DpKey, Mac),
  Cookie = fn:uuid:first32(Row).
