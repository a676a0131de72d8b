# Before ACLs: which packets of a stateful switch go through the connection tracker.
#
# ovn-northd(8), "Ingress Table 4: from-lport Pre-ACLs" and "Egress Table 0: to-lport Pre-ACLs".
# Fills ls_in_pre_acl and ls_out_pre_acl; localnet.mg adds the ports that are left out.

pre_acl_stage(/ls_in_pre_acl).
pre_acl_stage(/ls_out_pre_acl).

# Everything else passes untracked.
switch_flow(/every_switch, Stage, 0, "1", "next;") :- pre_acl_stage(Stage).

# Health checks are the network's own.
switch_flow(/every_switch, /ls_in_pre_acl, 110, "eth.dst == $svc_monitor_mac", "next;").
switch_flow(/every_switch, /ls_out_pre_acl, 110, "eth.src == $svc_monitor_mac", "next;").

# Bit 0 of reg0 asks for tracking (stateful.mg).
switch_flow(/switch_with_stateful_acl, Stage, 100, "ip", "reg0[0] = 1; next;") :-
  pre_acl_stage(Stage).

# Multicast, neighbour discovery and DHCPv6 answers are not connections: they have no one peer.
switch_flow(/switch_with_stateful_acl, Stage, 110, "eth.mcast", "next;") :- pre_acl_stage(Stage).
switch_flow(/switch_with_stateful_acl, Stage, 110,
    "nd || nd_rs || nd_ra || mldv1 || mldv2 || (udp && udp.src == 546 && udp.dst == 547)",
    "next;") :-
  pre_acl_stage(Stage).

# What a stateless ACL allows is not tracked; bit 16 of reg0 says so to the load balancer.
lflow(Scope, Stage, Priority, Match, "reg0[16] = 1; next;", "", "", Acl) :-
  nb.ACL.action(Acl, "allow-stateless"),
  acl_scope(Acl, Scope, /stateful),
  acl_priority(Acl, Priority),
  acl_pre_stage(Acl, Stage),
  nb.ACL.match(Acl, Match).

# Each direction has a stage of its own.
acl_pre_stage(Acl, /ls_in_pre_acl) :- nb.ACL.direction(Acl, "from-lport").
acl_pre_stage(Acl, /ls_out_pre_acl) :- nb.ACL.direction(Acl, "to-lport").
