# Port security on the way in: which Ethernet and IP addresses a port may send from.
#
# The logical action check_in_port_sec() comes here: table 73 sets bit 12 of the flags, that the
# packet is not allowed, or takes it back. ARP and neighbour discovery go on to table 74
# (neighbor.mg). ovn-sb(5), Port_Binding, port_security; ovn-nb(5), Logical_Switch_Port,
# port_security. Fills OpenFlow table 73.

Decl secured_port(Pb, Input, Output, Cookie)
  descr [
    doc("The port Pb is bound here and may use the addresses of its port_security only. Input is",
      "the match of packets from it, Output of packets to it.")]
  bound [/uuid, /string, /string, /number].

# A port whose port_security names no address that can be read is not checked.
secured_port(Pb, Input, Output, fn:uuid:first32(Pb)) :-
  port_bound(Pb),
  port_secure_mac(Pb, _),
  port_match(Pb, Input, Output).

Decl port_secure_mac(Pb, Mac)
  descr [doc("Mac is one of the Ethernet addresses in the port_security of Pb.")]
  bound [/uuid, /mac].

# Every element begins with an Ethernet address.
port_secure_mac(Pb, Mac) :-
  port_bound(Pb),
  sb.Port_Binding.port_security(Pb, Text),
  :port_security_mac(Text, Mac).

Decl port_secure_ip(Pb, Mac, Given, Ip)
  descr [
    doc("Behind Mac the port Pb may use the IP address Given of its port_security. Ip is what that",
      "means: a whole network if Given is the network's own address, else one host.")]
  bound [/uuid, /mac, /ip, /ip].

# A network is written by its own address; with any other it is a host in that network.
port_secure_ip(Pb, Mac, Given, fn:if(fn:eq(Given, Network), Network, fn:ip:host(Given))) :-
  port_bound(Pb),
  sb.Port_Binding.port_security(Pb, Text),
  :port_security_ip(Text, Mac, Given),
  Network = fn:ip:network(Given).

Decl port_secure_family(Pb, Mac, Family)
  descr [doc("Some address of Family, /ip4 or /ip6, is allowed behind Mac.")]
  bound [/uuid, /mac, /name].

# A family without any address is not allowed at all.
port_secure_family(Pb, Mac, /ip4) :- port_secure_ip(Pb, Mac, Ip, _), /true = fn:ip:is4(Ip).
port_secure_family(Pb, Mac, /ip6) :- port_secure_ip(Pb, Mac, Ip, _), /true = fn:ip:is6(Ip).

# What is not allowed below is not allowed at all. Of ARP only the body tells.
flow_candidate(73, 80, Input, "set_field:0x1000/0x1000->reg10", Cookie, 0) :-
  secured_port(_, Input, _, Cookie).
flow_candidate(73, 95, fn:fmt("arp,%s", Input), "resubmit(,74)", Cookie, 0) :-
  secured_port(_, Input, _, Cookie).

# An Ethernet address alone allows any IP address.
flow_candidate(73, 90, fn:fmt("%s,dl_src=%s", Input, Mac), "resubmit(,74)", Cookie, 0) :-
  secured_port(Pb, Input, _, Cookie),
  port_secure_mac(Pb, Mac),
  !port_secure_family(Pb, Mac, _).

# IPv4 packets are let through by their source.
flow_candidate(73, 90, fn:fmt("ip,%s,dl_src=%s,nw_src=%s", Input, Mac, Ip),
    "set_field:0/0x1000->reg10", Cookie, 0) :-
  secured_port(Pb, Input, _, Cookie),
  port_secure_ip(Pb, Mac, _, Ip),
  /true = fn:ip:is4(Ip).

# A host that is allowed an IPv4 address may ask for it by DHCP, before it has one.
flow_candidate(73, 90, Match, "set_field:0/0x1000->reg10", Cookie, 0) :-
  secured_port(Pb, Input, _, Cookie),
  port_secure_family(Pb, Mac, /ip4),
  Match = fn:fmt("udp,%s,dl_src=%s,nw_src=0.0.0.0,nw_dst=255.255.255.255,tp_src=68,tp_dst=67",
    Input, Mac).

# With any IPv6 address goes the one that a host makes of its Ethernet address. Neighbour
# discovery is looked at once more.
port_secure_ip6(Pb, Mac, Ip) :-
  port_secure_ip(Pb, Mac, _, Ip),
  /true = fn:ip:is6(Ip).
port_secure_ip6(Pb, Mac, fn:mac:eui64_lla(Mac)) :- port_secure_family(Pb, Mac, /ip6).

# IPv6 packets too, but what they say of neighbours is checked.
flow_candidate(73, 90, fn:fmt("ipv6,%s,dl_src=%s,ipv6_src=%s", Input, Mac, Ip), "resubmit(,74)",
    Cookie, 0) :-
  secured_port(Pb, Input, _, Cookie),
  port_secure_ip6(Pb, Mac, Ip).

# Before a host has an address it joins groups (RFC 2710, RFC 3810) and asks whether somebody has
# the address already (RFC 4862).
unspecified_sender(131, "set_field:0/0x1000->reg10").
unspecified_sender(143, "set_field:0/0x1000->reg10").
unspecified_sender(135, "resubmit(,74)").

# Each of the three has its own way.
flow_candidate(73, 90, Match, Actions, Cookie, 0) :-
  secured_port(Pb, Input, _, Cookie),
  port_secure_family(Pb, Mac, /ip6),
  unspecified_sender(Type, Actions),
  Match = fn:fmt("icmp6,%s,dl_src=%s,ipv6_src=::,ipv6_dst=ff02::/16,icmp_type=%d,icmp_code=0",
    Input, Mac, Type).

# What cannot be read allows nothing.
problem("Port_Binding", Pb, "port_security", Why) :-
  port_bound(Pb),
  sb.Port_Binding.port_security(Pb, Text),
  :port_security_error(Text, Why).
