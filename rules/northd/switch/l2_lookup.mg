# The forwarding decision of a switch: from the destination address to an output port.
#
# ovn-northd(8), "Ingress Table 25: Destination Lookup" and "Ingress Table 26: Destination
# unknown". Fills ls_in_l2_lkup and ls_in_l2_unknown.

# Answers to health checks are for ovn-controller.
switch_flow(/every_switch, /ls_in_l2_lkup, 110,
    "eth.dst == $svc_monitor_mac && (tcp || icmp || icmp6)", "handle_svc_check(inport);").

# Broadcast and multicast go to all ports.
switch_flow(/every_switch, /ls_in_l2_lkup, 70, "eth.mcast", "outport = \"_MC_flood\"; output;").

# No port is known to have the address; maybe one was seen sending from it.
switch_flow(/every_switch, /ls_in_l2_lkup, 0, "1", "outport = get_fdb(eth.dst); next;").

# A frame for a known address goes straight to the port that owns it.
lflow(Ls, /ls_in_l2_lkup, 50, Match, Actions, "", "", Lsp) :-
  port_mac(Lsp, Mac),
  !port_is_disabled(Lsp),
  !port_is_external(Lsp),
  port_on(Lsp, Ls),
  nb.Logical_Switch_Port.name(Lsp, Name),
  Match = fn:fmt("eth.dst == %s", Mac),
  Actions = fn:fmt("outport = %q; output;", Name).

# While the port is disabled the address is still its own: the frame is not for the others.
lflow(Ls, /ls_in_l2_lkup, 50, Match, "drop;", "", "", Lsp) :-
  port_mac(Lsp, Mac),
  port_is_disabled(Lsp),
  !port_is_external(Lsp),
  port_on(Lsp, Ls),
  Match = fn:fmt("eth.dst == %s", Mac).

# What was learnt names the port already.
switch_flow(/every_switch, /ls_in_l2_unknown, 0, "1", "output;").

# Unless the port has been disabled since.
lflow(Ls, /ls_in_l2_unknown, 50, Match, "drop;", "", Name, Lsp) :-
  port_is_disabled(Lsp),
  !port_is_external(Lsp),
  port_on(Lsp, Ls),
  nb.Logical_Switch_Port.name(Lsp, Name),
  Match = fn:fmt("outport == %q", Name).

# An address that nobody knows can only be behind a port with unknown addresses.
switch_flow(/switch_with_unknown, /ls_in_l2_unknown, 50, "outport == \"none\"",
    "outport = \"_MC_unknown\"; output;").
switch_flow(/switch_without_unknown, /ls_in_l2_unknown, 50, "outport == \"none\"", "drop;").

# The two sets are all switches.
switch_set(/switch_with_unknown, Ls) :- switch_has_unknown(Ls).
switch_set(/switch_without_unknown, Ls) :- switch(Ls), !switch_has_unknown(Ls).

# One such port is enough; how many there are is not asked.
switch_has_unknown(Ls) :-
  port_is_unknown(Lsp),
  !port_is_disabled(Lsp),
  !port_is_external(Lsp),
  port_on(Lsp, Ls).
