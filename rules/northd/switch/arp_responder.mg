# ARP and neighbour discovery: the switch answers for its ports, so that requests need not be
# flooded.
#
# ovn-northd(8), "Ingress Table 19: ARP/ND responder"; RFC 826, RFC 4861. Fills ls_in_arp_rsp.

switch_flow(/every_switch, /ls_in_arp_rsp, 0, "1", "next;").

# The switch answers for a port even while it is down, unless told otherwise: a guest that has
# just moved would else be cut off from those who ask at that moment. A localport is on every
# hypervisor and never claimed, hence never up.
port_is_left_out(Lsp) :-
  global_flag("ignore_lsp_down", /false),
  port_on(Lsp, _),
  !port_is_up(Lsp),
  !nb.Logical_Switch_Port.type(Lsp, "localport").

# Ports that the switch must not answer for: what is behind an unknown port may have moved; an
# external port's own gateway answers; a virtual port is wherever one of its parents says it is.
port_speaks_for_itself(Lsp) :- port_is_unknown(Lsp).
port_speaks_for_itself(Lsp) :- nb.Logical_Switch_Port.type(Lsp, "external").
port_speaks_for_itself(Lsp) :- nb.Logical_Switch_Port.type(Lsp, "virtual").

# The switch answers for this address of the port. Where tagged frames pass, the same address may
# be in use in each VLAN, and the switch cannot tell whose is asked for.
answer(Ls, Lsp, Mac, Ip) :-
  port_address(Lsp, Mac, Ip),
  !port_is_left_out(Lsp),
  !port_speaks_for_itself(Lsp),
  port_on(Lsp, Ls),
  !switch_passes_vlan(Ls).

# The answer to an ARP request is the request, turned around.
lflow(Ls, /ls_in_arp_rsp, 50, Match, Actions, "", "", Lsp) :-
  answer(Ls, Lsp, Mac, Ip),
  fn:ip:is4(Ip) = /true,
  Match = fn:fmt("arp.tpa == %s && arp.op == 1", Ip),
  Actions = fn:fmt("eth.dst = eth.src; eth.src = %s; arp.op = 2; /* ARP reply */ arp.tha = arp.sha; arp.sha = %s; arp.tpa = arp.spa; arp.spa = %s; outport = inport; flags.loopback = 1; output;", Mac, Mac, Ip).

# A host that asks for its own address looks for duplicates (RFC 5227). If the switch answered,
# it would find itself.
lflow(Ls, /ls_in_arp_rsp, 100, Match, "next;", "", Name, Lsp) :-
  answer(Ls, Lsp, _, Ip),
  fn:ip:is4(Ip) = /true,
  nb.Logical_Switch_Port.name(Lsp, Name),
  Match = fn:fmt("arp.tpa == %s && arp.op == 1 && inport == %q", Ip, Name).

# Neighbour solicitations come to the address itself or to its group. The answer for a port to a
# router says that it is one.
lflow(Ls, /ls_in_arp_rsp, 50, Match, Actions, "", "", Lsp) :-
  answer(Ls, Lsp, Mac, Ip),
  fn:ip:is6(Ip) = /true,
  nb.Logical_Switch_Port.type(Lsp, Type),
  Advertise = fn:if(fn:eq(Type, "router"), "nd_na_router", "nd_na"),
  Group = fn:ip:solicited_node(Ip),
  Match = fn:fmt("nd_ns && ip6.dst == {%s, %s} && nd.target == %s", Ip, Group, Ip),
  Actions = fn:fmt("%s { eth.src = %s; ip6.src = %s; nd.target = %s; nd.tll = %s; outport = inport; flags.loopback = 1; output; };", Advertise, Mac, Ip, Ip, Mac).

# Duplicate address detection, as above (RFC 4862).
lflow(Ls, /ls_in_arp_rsp, 100, Match, "next;", "", Name, Lsp) :-
  answer(Ls, Lsp, _, Ip),
  fn:ip:is6(Ip) = /true,
  Group = fn:ip:solicited_node(Ip),
  nb.Logical_Switch_Port.name(Lsp, Name),
  Match = fn:fmt("nd_ns && ip6.dst == {%s, %s} && nd.target == %s && inport == %q", Ip, Group,
      Ip, Name).
