# Ports of hardware gateways (vtep). A gateway replicates and returns group traffic itself, so
# what comes from one skips the middle of the pipeline; bit 14 of reg0 marks it.
#
# ovn-northd(8), "Ingress Table 0: Ingress Port Security Check" and "Ingress Table 16: Hairpin".
# Fills ls_in_check_port_sec and ls_in_hairpin.

# What comes from the gateway goes to the hairpin stage at once.
lflow(Ls, /ls_in_check_port_sec, 70, Match, Actions, "", Name, Lsp) :-
  nb.Logical_Switch_Port.type(Lsp, "vtep"),
  !port_is_disabled(Lsp),
  port_on(Lsp, Ls),
  nb.Logical_Switch_Port.name(Lsp, Name),
  port_queue_action(Lsp, Queue),
  skip_to_hairpin(Skip),
  Match = fn:fmt("inport == %q", Name),
  Actions = fn:fmt("%s%s", Queue, Skip).

Decl skip_to_hairpin(Actions)
  descr [
    doc("Actions mark a packet as one of a gateway and move it to the hairpin stage."),
    singleton()]
  bound [/string].

# The table of stages knows where that is.
skip_to_hairpin(fn:fmt("reg0[14] = 1; next(pipeline=ingress, table=%d);", Table)) :-
  stage(/ls_in_hairpin, _, Table, _).

# From there it goes straight to the forwarding decision.
switch_flow(/switch_with_vtep, /ls_in_hairpin, 1000, "reg0[14] == 1", Actions) :-
  stage(/ls_in_l2_lkup, _, Table, _),
  Actions = fn:fmt("next(pipeline=ingress, table=%d);", Table).

# Also while the port is disabled; the flow then matches nothing.
switch_set(/switch_with_vtep, Ls) :-
  nb.Logical_Switch_Port.type(Lsp, "vtep"),
  port_on(Lsp, Ls).
