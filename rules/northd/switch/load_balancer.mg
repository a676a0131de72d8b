# The stages of load balancing on a switch, as far as they are there without a load balancer:
# what must never be balanced, and what the tracker has to be asked for.
#
# ovn-northd(8), "Ingress Table 5: Pre-LB", "Ingress Table 6: Pre-stateful", "Ingress Table 12:
# LB", "Ingress Table 14: Pre-Hairpin" to "Ingress Table 16: Hairpin" and the egress twins. Fills
# ls_in_pre_lb, ls_in_lb, ls_in_pre_hairpin, ls_in_nat_hairpin, ls_in_hairpin, ls_out_pre_lb.

# Multicast, neighbour discovery and answers to health checks are not connections.
switch_flow(/every_switch, /ls_in_pre_lb, 110, "eth.mcast", "next;").
switch_flow(/every_switch, /ls_in_pre_lb, 110, "nd || nd_rs || nd_ra || mldv1 || mldv2", "next;").
switch_flow(/every_switch, /ls_in_pre_lb, 110, "eth.dst == $svc_monitor_mac", "next;").
switch_flow(/every_switch, /ls_out_pre_lb, 110, "eth.mcast", "next;").
switch_flow(/every_switch, /ls_out_pre_lb, 110, "nd || nd_rs || nd_ra || mldv1 || mldv2", "next;").
switch_flow(/every_switch, /ls_out_pre_lb, 110, "eth.src == $svc_monitor_mac", "next;").

# Bit 16 of reg0: a stateless ACL wants no tracking.
switch_flow(/every_switch, /ls_in_pre_lb, 110, "reg0[16] == 1", "next;").
switch_flow(/every_switch, /ls_out_pre_lb, 110, "reg0[16] == 1", "next;").

# Everything else passes.
switch_flow(/every_switch, /ls_in_pre_lb, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_lb, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_pre_hairpin, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_nat_hairpin, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_hairpin, 0, "1", "next;").
switch_flow(/every_switch, /ls_out_pre_lb, 0, "1", "next;").
