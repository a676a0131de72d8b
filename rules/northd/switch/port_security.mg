# Port security and admission: which frames a switch takes from a port, and gives to one.
#
# northd only says where the check is made and what follows; the check itself is made by
# ovn-controller from Port_Binding.port_security, which is the column of the Northbound as it is
# (sync/port_binding.mg).
#
# ovn-northd(8), "Ingress Table 0: Ingress Port Security Check" and "Egress Table 8: Egress Port
# Security - Check". Fills ls_in_check_port_sec, ls_in_apply_port_sec, ls_out_check_port_sec,
# ls_out_apply_port_sec.

# A frame with a VLAN tag is not for this switch.
switch_flow(/tagged_frames_dropped, /ls_in_check_port_sec, 100, "vlan.present", "drop;").

# Switches that pass tags are left out of that set.
switch_set(/tagged_frames_dropped, Ls) :- switch(Ls), !switch_passes_vlan(Ls).

# A group address cannot be a sender (IEEE 802.3).
switch_flow(/every_switch, /ls_in_check_port_sec, 100, "eth.src[40]", "drop;").

# Bit 15 of reg0 says that the sender is not allowed; ovn-controller's flows work it out.
switch_flow(/every_switch, /ls_in_check_port_sec, 50, "1",
    "reg0[15] = check_in_port_sec(); next;").
switch_flow(/every_switch, /ls_in_apply_port_sec, 50, "reg0[15] == 1", "drop;").
switch_flow(/every_switch, /ls_in_apply_port_sec, 0, "1", "next;").

# Group traffic goes to many ports, so that no single port's addresses can be asked for.
switch_flow(/every_switch, /ls_out_check_port_sec, 100, "eth.mcast", "reg0[15] = 0; next;").
switch_flow(/every_switch, /ls_out_check_port_sec, 0, "1",
    "reg0[15] = check_out_port_sec(); next;").
switch_flow(/every_switch, /ls_out_apply_port_sec, 50, "reg0[15] == 1", "drop;").
switch_flow(/every_switch, /ls_out_apply_port_sec, 0, "1", "output;").

# What comes from a disabled port is dropped as if its sender were not allowed.
lflow(Ls, /ls_in_check_port_sec, 100, Match, "reg0[15] = 1; next;", "", Name, Lsp) :-
  port_is_disabled(Lsp),
  !port_is_external(Lsp),
  port_on(Lsp, Ls),
  nb.Logical_Switch_Port.name(Lsp, Name),
  Match = fn:fmt("inport == %q", Name).

Decl port_queue_action(Lsp, Action)
  descr [
    doc("What comes from the port Lsp, or leaves by it, begins with Action, which chooses the",
      "queue that the user has set up for it. A vtep port without one has an empty Action, a",
      "port to a router has none.")]
  bound [/uuid, /string].

# Hypervisors see no option of a patch to a router but its peer, so these have no queue.
port_queue_action(Lsp, fn:fmt("set_queue(%s); ", Queue)) :-
  port_on(Lsp, _),
  !nb.Logical_Switch_Port.type(Lsp, "router"),
  nb.Logical_Switch_Port.options(Lsp, "qdisc_queue_id", Queue).
port_queue_action(Lsp, "") :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.type(Lsp, "vtep"),
  !nb.Logical_Switch_Port.options(Lsp, "qdisc_queue_id", _).

# The queue is chosen before the sender is checked. Ports of gateways have a flow of their own
# (vtep.mg).
lflow(Ls, /ls_in_check_port_sec, 70, Match, Actions, "", Name, Lsp) :-
  nb.Logical_Switch_Port.options(Lsp, "qdisc_queue_id", _),
  !port_is_disabled(Lsp),
  !port_is_external(Lsp),
  !nb.Logical_Switch_Port.type(Lsp, "vtep"),
  port_on(Lsp, Ls),
  nb.Logical_Switch_Port.name(Lsp, Name),
  port_queue_action(Lsp, Queue),
  Match = fn:fmt("inport == %q", Name),
  Actions = fn:fmt("%sreg0[15] = check_in_port_sec(); next;", Queue).

# What leaves for a physical network passes the queue of its localnet port.
lflow(Ls, /ls_out_apply_port_sec, 100, Match, Actions, "", Name, Lsp) :-
  nb.Logical_Switch_Port.options(Lsp, "qdisc_queue_id", _),
  nb.Logical_Switch_Port.type(Lsp, "localnet"),
  !port_is_disabled(Lsp),
  port_on(Lsp, Ls),
  nb.Logical_Switch_Port.name(Lsp, Name),
  port_queue_action(Lsp, Queue),
  Match = fn:fmt("outport == %q", Name),
  Actions = fn:fmt("%soutput;", Queue).
