# Port security of ARP and neighbour discovery: which addresses a port may claim for itself.
#
# Table 73 sends ARP and IPv6 packets here (ingress.mg). ovn-nb(5), Logical_Switch_Port,
# port_security; RFC 826, RFC 4861. Fills OpenFlow table 74.

# Claims are denied unless a flow below allows them. A solicitation claims nothing if it names no
# sender, and is allowed.
flow_candidate(74, 80, fn:fmt("arp,%s", Input), "set_field:0x1000/0x1000->reg10", Cookie, 0) :-
  secured_port(_, Input, _, Cookie).
flow_candidate(74, 80, fn:fmt("icmp6,%s,nw_ttl=255,icmp_type=135", Input),
    "set_field:0/0x1000->reg10", Cookie, 0) :-
  secured_port(_, Input, _, Cookie).
flow_candidate(74, 80, fn:fmt("icmp6,%s,nw_ttl=255,icmp_type=136", Input),
    "set_field:0x1000/0x1000->reg10", Cookie, 0) :-
  secured_port(_, Input, _, Cookie).

# An Ethernet address without IP addresses may claim any.
flow_candidate(74, 90, fn:fmt("arp,%s,dl_src=%s,arp_sha=%s", Input, Mac, Mac),
    "set_field:0/0x1000->reg10", Cookie, 0) :-
  secured_port(Pb, Input, _, Cookie),
  port_secure_mac(Pb, Mac),
  !port_secure_family(Pb, Mac, _).
flow_candidate(74, 90, fn:fmt("arp,%s,dl_src=%s,arp_spa=%s,arp_sha=%s", Input, Mac, Ip, Mac),
    "set_field:0/0x1000->reg10", Cookie, 0) :-
  secured_port(Pb, Input, _, Cookie),
  port_secure_ip(Pb, Mac, _, Ip),
  /true = fn:ip:is4(Ip).

# In neighbour discovery the link-layer address is an option, which may be missing.
link_layer(Pb, Mac, Mac) :- port_secure_mac(Pb, Mac).
link_layer(Pb, Mac, fn:mac("00:00:00:00:00:00")) :- port_secure_mac(Pb, Mac).

# Who asks has to be the sender, or to say nothing of himself.
flow_candidate(74, 90, Match, "set_field:0/0x1000->reg10", Cookie, 0) :-
  secured_port(Pb, Input, _, Cookie),
  link_layer(Pb, _, Option),
  Match = fn:fmt("icmp6,%s,nw_ttl=255,icmp_type=135,icmp_code=0,nd_sll=%s", Input, Option).

# Without IPv6 addresses any may be announced; with some only those.
flow_candidate(74, 90, Match, "set_field:0/0x1000->reg10", Cookie, 0) :-
  secured_port(Pb, Input, _, Cookie),
  link_layer(Pb, Mac, Option),
  !port_secure_family(Pb, Mac, /ip6),
  Match = fn:fmt("icmp6,%s,nw_ttl=255,icmp_type=136,icmp_code=0,nd_tll=%s", Input, Option).
flow_candidate(74, 90, Match, "set_field:0/0x1000->reg10", Cookie, 0) :-
  secured_port(Pb, Input, _, Cookie),
  link_layer(Pb, Mac, Option),
  port_secure_ip(Pb, Mac, _, Ip),
  fn:ip:is6(Ip) = /true,
  Match = fn:fmt(
    "icmp6,%s,dl_src=%s,nw_ttl=255,icmp_type=136,icmp_code=0,nd_target=%s,nd_tll=%s",
    Input, Mac, Ip, Option).
flow_candidate(74, 90, Match, "set_field:0/0x1000->reg10", Cookie, 0) :-
  secured_port(Pb, Input, _, Cookie),
  link_layer(Pb, Mac, Option),
  port_secure_family(Pb, Mac, /ip6),
  Match = fn:fmt("icmp6,%s,nw_ttl=255,icmp_type=136,icmp_code=0,nd_target=%s,nd_tll=%s", Input,
    fn:mac:eui64_lla(Mac), Option).
