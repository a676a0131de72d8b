# Port security on the way out: which destination addresses a port is given.
#
# The logical action check_out_port_sec() comes here; bit 12 of the flags says that the packet is
# not allowed. ovn-nb(5), Logical_Switch_Port, port_security. Fills OpenFlow table 75.

# A port gets what is for its Ethernet addresses, and nothing else.
flow_candidate(75, 80, Output, "set_field:0x1000/0x1000->reg10", Cookie, 0) :-
  secured_port(_, _, Output, Cookie).
flow_candidate(75, 85, fn:fmt("%s,dl_dst=%s", Output, Mac), "set_field:0/0x1000->reg10", Cookie,
    0) :-
  secured_port(Pb, _, Output, Cookie),
  port_secure_mac(Pb, Mac).

# Where IP addresses are listed, packets of IP have to be for one of them.
ip_protocol("ip").
ip_protocol("ipv6").

# woven:cross there are two of them
flow_candidate(75, 90, fn:fmt("%s,%s,dl_dst=%s", Protocol, Output, Mac),
    "set_field:0x1000/0x1000->reg10", Cookie, 0) :-
  secured_port(Pb, _, Output, Cookie),
  port_secure_family(Pb, Mac, _),
  ip_protocol(Protocol).

# Groups, broadcasts, and the broadcast address of a host's network are for everybody.
port_destination(Pb, Mac, Ip) :- port_secure_ip(Pb, Mac, _, Ip).
port_destination(Pb, Mac, fn:ip:broadcast(Given)) :-
  port_secure_ip(Pb, Mac, Given, Ip),
  fn:ip:is4(Given) = /true,
  Given != Ip.
port_destination(Pb, Mac, fn:ip("255.255.255.255")) :- port_secure_family(Pb, Mac, /ip4).
port_destination(Pb, Mac, fn:ip("224.0.0.0/4")) :- port_secure_family(Pb, Mac, /ip4).
port_destination(Pb, Mac, fn:mac:eui64_lla(Mac)) :- port_secure_family(Pb, Mac, /ip6).
port_destination(Pb, Mac, fn:ip("ff00::/8")) :- port_secure_family(Pb, Mac, /ip6).

# Each destination is one flow.
flow_candidate(75, 95, fn:fmt("ip,%s,dl_dst=%s,nw_dst=%s", Output, Mac, Ip),
    "set_field:0/0x1000->reg10", Cookie, 0) :-
  secured_port(Pb, _, Output, Cookie),
  port_destination(Pb, Mac, Ip),
  /true = fn:ip:is4(Ip).
flow_candidate(75, 95, fn:fmt("ipv6,%s,dl_dst=%s,ipv6_dst=%s", Output, Mac, Ip),
    "set_field:0/0x1000->reg10", Cookie, 0) :-
  secured_port(Pb, _, Output, Cookie),
  port_destination(Pb, Mac, Ip),
  /true = fn:ip:is6(Ip).
