# Ports to physical networks: traffic of these does not pass connection tracking and is not
# answered by the switch, because the other end lives by its own rules.
#
# ovn-northd(8), "Ingress Table 4: from-lport Pre-ACLs", "Ingress Table 5: Pre-LB", "Egress Table
# 0: to-lport Pre-ACLs", "Egress Table 1: Pre-LB", "Ingress Table 19: ARP/ND responder". Fills
# ls_in_pre_acl, ls_in_pre_lb, ls_in_arp_rsp, ls_out_pre_acl, ls_out_pre_lb.

# Disabled ports too: their flows match nothing.
localnet_port(Lsp, Ls, Name) :-
  nb.Logical_Switch_Port.type(Lsp, "localnet"),
  port_on(Lsp, Ls),
  nb.Logical_Switch_Port.name(Lsp, Name).

# Whoever is out there has heard the same ARP request and answers for himself.
lflow(Ls, /ls_in_arp_rsp, 100, Match, "next;", "", Name, Lsp) :-
  localnet_port(Lsp, Ls, Name),
  Match = fn:fmt("inport == %q", Name).

# What comes from outside was balanced there, if at all.
lflow(Ls, /ls_in_pre_lb, 110, Match, "next;", "", Name, Lsp) :-
  localnet_port(Lsp, Ls, Name),
  Match = fn:fmt("ip && inport == %q", Name).

# On the way out, what an earlier datapath left in the tracking state must not be seen again.
lflow(Ls, /ls_out_pre_lb, 110, Match, "ct_clear; next;", "", Name, Lsp) :-
  localnet_port(Lsp, Ls, Name),
  !switch_is_stateful(Ls),
  Match = fn:fmt("ip && outport == %q", Name).

# Where this switch tracks connections itself, the state is its own.
lflow(Ls, /ls_out_pre_lb, 110, Match, "next;", "", Name, Lsp) :-
  localnet_port(Lsp, Ls, Name),
  switch_is_stateful(Ls),
  Match = fn:fmt("ip && outport == %q", Name).

# Stateful ACLs leave these ports alone too.
lflow(Ls, /ls_in_pre_acl, 110, Match, "next;", "", Name, Lsp) :-
  localnet_port(Lsp, Ls, Name),
  switch_is_stateful(Ls),
  Match = fn:fmt("ip && inport == %q", Name).
lflow(Ls, /ls_out_pre_acl, 110, Match, "next;", "", Name, Lsp) :-
  localnet_port(Lsp, Ls, Name),
  switch_is_stateful(Ls),
  Match = fn:fmt("ip && outport == %q", Name).
