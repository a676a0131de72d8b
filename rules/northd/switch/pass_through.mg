# Stages of a switch that let everything on, because the feature that they are for is used by no
# rule of ours or not by this switch: quality of service, load balancer affinity, DHCP, DNS,
# external ports.
#
# ovn-northd(8), "Logical Switch Datapaths". Fills ls_in_qos_mark, ls_in_qos_meter,
# ls_in_lb_aff_check, ls_in_lb_aff_learn, ls_in_dhcp_options, ls_in_dhcp_response,
# ls_in_dns_lookup, ls_in_dns_response, ls_in_external_port, ls_out_qos_mark, ls_out_qos_meter.

# A packet that a stage has nothing to say about goes on to the next one. Priority 0 leaves every
# other priority to the features.
switch_flow(/every_switch, /ls_in_qos_mark, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_qos_meter, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_lb_aff_check, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_lb_aff_learn, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_dhcp_options, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_dhcp_response, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_dns_lookup, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_dns_response, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_external_port, 0, "1", "next;").
switch_flow(/every_switch, /ls_out_qos_mark, 0, "1", "next;").
switch_flow(/every_switch, /ls_out_qos_meter, 0, "1", "next;").
