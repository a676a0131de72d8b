# The pipeline: every stage that a packet passes, in order. This is the one place that knows the
# number of a stage; rules name stages, and where an action has to jump it looks the number up.
#
# ovn-northd(8), "Logical Flow Table Structure". A release that adds a stage changes this file.

Decl stage(Stage, Pipeline, Table, Name)
  descr [
    doc("Stage is table number Table of the pipeline \"ingress\" or \"egress\", and has that",
      "name in Logical_Flow.external_ids:stage-name."),
    output()]
  bound [/name, /string, /number, /string].

# What a switch does with a packet that comes in from a port, until an output port is chosen.
stage(/ls_in_check_port_sec, "ingress", 0, "ls_in_check_port_sec").
stage(/ls_in_apply_port_sec, "ingress", 1, "ls_in_apply_port_sec").
stage(/ls_in_lookup_fdb, "ingress", 2, "ls_in_lookup_fdb").
stage(/ls_in_put_fdb, "ingress", 3, "ls_in_put_fdb").
stage(/ls_in_pre_acl, "ingress", 4, "ls_in_pre_acl").
stage(/ls_in_pre_lb, "ingress", 5, "ls_in_pre_lb").
stage(/ls_in_pre_stateful, "ingress", 6, "ls_in_pre_stateful").
stage(/ls_in_acl_hint, "ingress", 7, "ls_in_acl_hint").
stage(/ls_in_acl, "ingress", 8, "ls_in_acl").
stage(/ls_in_qos_mark, "ingress", 9, "ls_in_qos_mark").
stage(/ls_in_qos_meter, "ingress", 10, "ls_in_qos_meter").
stage(/ls_in_lb_aff_check, "ingress", 11, "ls_in_lb_aff_check").
stage(/ls_in_lb, "ingress", 12, "ls_in_lb").
stage(/ls_in_lb_aff_learn, "ingress", 13, "ls_in_lb_aff_learn").
stage(/ls_in_pre_hairpin, "ingress", 14, "ls_in_pre_hairpin").
stage(/ls_in_nat_hairpin, "ingress", 15, "ls_in_nat_hairpin").
stage(/ls_in_hairpin, "ingress", 16, "ls_in_hairpin").
stage(/ls_in_acl_after_lb, "ingress", 17, "ls_in_acl_after_lb").
stage(/ls_in_stateful, "ingress", 18, "ls_in_stateful").
stage(/ls_in_arp_rsp, "ingress", 19, "ls_in_arp_rsp").
stage(/ls_in_dhcp_options, "ingress", 20, "ls_in_dhcp_options").
stage(/ls_in_dhcp_response, "ingress", 21, "ls_in_dhcp_response").
stage(/ls_in_dns_lookup, "ingress", 22, "ls_in_dns_lookup").
stage(/ls_in_dns_response, "ingress", 23, "ls_in_dns_response").
stage(/ls_in_external_port, "ingress", 24, "ls_in_external_port").
stage(/ls_in_l2_lkup, "ingress", 25, "ls_in_l2_lkup").
stage(/ls_in_l2_unknown, "ingress", 26, "ls_in_l2_unknown").

# What a switch does with a packet for each port that it goes out to.
stage(/ls_out_pre_acl, "egress", 0, "ls_out_pre_acl").
stage(/ls_out_pre_lb, "egress", 1, "ls_out_pre_lb").
stage(/ls_out_pre_stateful, "egress", 2, "ls_out_pre_stateful").
stage(/ls_out_acl_hint, "egress", 3, "ls_out_acl_hint").
stage(/ls_out_acl, "egress", 4, "ls_out_acl").
stage(/ls_out_qos_mark, "egress", 5, "ls_out_qos_mark").
stage(/ls_out_qos_meter, "egress", 6, "ls_out_qos_meter").
stage(/ls_out_stateful, "egress", 7, "ls_out_stateful").
stage(/ls_out_check_port_sec, "egress", 8, "ls_out_check_port_sec").
stage(/ls_out_apply_port_sec, "egress", 9, "ls_out_apply_port_sec").
