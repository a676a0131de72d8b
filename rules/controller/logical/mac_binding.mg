# Learnt neighbours: which Ethernet address an IP address has behind a port.
#
# The logical actions get_arp(), get_nd(), lookup_arp() and lookup_nd() come here; bit 6 of the
# flags says that something was found. ovn-sb(5), MAC_Binding. Fills OpenFlow tables 66 and 67.

Decl neighbor(DpKey, PortKey, Ip, Mac, Priority, Cookie)
  descr [
    doc("Behind the port with the tunnel key PortKey, the IP address has that Ethernet address.",
      "Of several the one of the highest Priority counts.")]
  bound [/number, /number, /ip, /mac, /number, /number].

# Only what belongs to a local datapath can be asked for here.
neighbor(DpKey, PortKey, Ip, Mac, 100, fn:uuid:first32(Row)) :-
  local_datapath(Dp),
  sb.MAC_Binding.datapath(Row, Dp),
  sb.MAC_Binding.logical_port(Row, Name),
  sb.MAC_Binding.ip(Row, IpText),
  sb.MAC_Binding.mac(Row, MacText),
  port_place(Pb, Dp, DpKey, PortKey),
  sb.Port_Binding.logical_port(Pb, Name),
  :ip(IpText, Ip),
  :mac(MacText, Mac).

# An IPv4 address fits into one register, an IPv6 address into four.
neighbor_registers(Ip, fn:fmt("reg0=%s", fn:number:to_c_hex(Number))) :-
  neighbor(_, _, Ip, _, _, _),
  :ip4_number(Ip, Number).
neighbor_registers(Ip, Registers) :-
  neighbor(_, _, Ip, _, _, _),
  :ip6_words(Ip, First, Second, Third, Fourth),
  Registers = fn:fmt("reg0=%s,reg1=%s,reg2=%s,reg3=%s", fn:number:to_c_hex(First),
    fn:number:to_c_hex(Second), fn:number:to_c_hex(Third), fn:number:to_c_hex(Fourth)).

# The address of a next hop goes into the packet.
flow_candidate(66, Priority, Match, Actions, Cookie, 0) :-
  neighbor(DpKey, PortKey, Ip, Mac, Priority, Cookie),
  neighbor_registers(Ip, Registers),
  Match = fn:fmt("%s,reg15=0x%x,metadata=0x%x", Registers, PortKey, DpKey),
  Actions = fn:fmt("set_field:%s->eth_dst,set_field:0x40/0x40->reg10", Mac).
flow_candidate(67, Priority, Match, "set_field:0x40/0x40->reg10", Cookie, 0) :-
  neighbor(DpKey, PortKey, Ip, Mac, Priority, Cookie),
  neighbor_registers(Ip, Registers),
  fn:ip:is4(Ip) = /true,
  Match = fn:fmt("arp,%s,reg14=0x%x,metadata=0x%x,dl_src=%s", Registers, PortKey, DpKey, Mac).
flow_candidate(67, Priority, Match, "set_field:0x40/0x40->reg10", Cookie, 0) :-
  neighbor(DpKey, PortKey, Ip, Mac, Priority, Cookie),
  neighbor_registers(Ip, Registers),
  fn:ip:is6(Ip) = /true,
  Match = fn:fmt("icmp6,%s,reg14=0x%x,metadata=0x%x,dl_src=%s,icmp_code=0", Registers, PortKey,
    DpKey, Mac).
