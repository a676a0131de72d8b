# ports-1m: a cloud of ports as northd sees it, cut down to what costs: for every port five
# flows, each a join of the port, its address and its datapath, with two formatted texts.

Decl datapath(Dp, Key) descr [doc("Dp has the tunnel key Key."), extensional()]
  bound [/string, /number].
Decl port(Lsp, Dp, Key) descr [doc("Lsp is a port of Dp with the tunnel key Key."), extensional()]
  bound [/string, /string, /number].
Decl address(Lsp, Mac, Ip) descr [doc("Lsp has an address."), extensional()]
  bound [/string, /string, /string].
Decl flow(DpKey, Stage, Priority, Match, Actions)
  descr [doc("A logical flow of the datapath with that key."), output()]
  bound [/number, /name, /number, /string, /string].

# Unicast goes to the port.
flow(DpKey, /l2_lookup, 50, Match, Actions) :-
  port(Lsp, Dp, Key), address(Lsp, Mac, _), datapath(Dp, DpKey),
  Match = fn:fmt("eth.dst == %s", Mac),
  Actions = fn:fmt("outport = %q; reg15 = %d; output;", Lsp, Key).

# The switch answers ARP for the port.
flow(DpKey, /arp_response, 50, Match, Actions) :-
  port(Lsp, Dp, _), address(Lsp, Mac, Ip), datapath(Dp, DpKey),
  Match = fn:fmt("arp.tpa == %s && arp.op == 1", Ip),
  Actions = fn:fmt("eth.dst = eth.src; eth.src = %s; arp.op = 2; arp.sha = %s; arp.spa = %s; outport = inport; output;", Mac, Mac, Ip).

# The port may send from its address,
flow(DpKey, /port_security_l2, 50, Match, Actions) :-
  port(Lsp, Dp, Key), address(Lsp, Mac, _), datapath(Dp, DpKey),
  Match = fn:fmt("inport == %q && eth.src == {%s}", Lsp, Mac),
  Actions = fn:fmt("reg14 = %d; next;", Key).

# with its IP,
flow(DpKey, /port_security_ip, 90, Match, Actions) :-
  port(Lsp, Dp, Key), address(Lsp, Mac, Ip), datapath(Dp, DpKey),
  Match = fn:fmt("inport == %q && eth.src == %s && ip4.src == {%s}", Lsp, Mac, Ip),
  Actions = fn:fmt("reg13 = %d; next;", Key).

# and receive at it.
flow(DpKey, /port_security_out, 90, Match, Actions) :-
  port(Lsp, Dp, Key), address(Lsp, Mac, Ip), datapath(Dp, DpKey),
  Match = fn:fmt("outport == %q && eth.dst == %s && ip4.dst == {255.255.255.255, 224.0.0.0/4, %s}", Lsp, Mac, Ip),
  Actions = fn:fmt("reg12 = %d; output;", Key).
