# Hints for stateful ACLs: what the state of a packet's connection means for the ACLs, worked out
# once for all of them. Bit 7 of reg0: an allowing ACL would have to commit; bit 8: it need not;
# bit 9: a dropping ACL has nothing to forget; bit 10: it has to mark the connection as blocked.
#
# ovn-northd(8), "Ingress Table 7: from-lport ACL hints" and "Egress Table 3: to-lport ACL hints".
# Fills ls_in_acl_hint and ls_out_acl_hint.

hint_stage(/ls_in_acl_hint).
hint_stage(/ls_out_acl_hint).

# Without ACLs no packet stays here, whatever else is said.
switch_flow(/switch_without_acl, Stage, 65535, "1", "next;") :- hint_stage(Stage).
switch_flow(/switch_with_acl, Stage, 0, "1", "next;") :- hint_stage(Stage).

# Each hint needs its own flow, because a packet gets the first that fits. They are listed from the
# highest priority down. Where they say ct_mark, the field is meant that holds such state.
acl_hint(7, "ct.new && !ct.est", "reg0[7] = 1; reg0[9] = 1; next;").
acl_hint(6, "!ct.new && ct.est && !ct.rpl && ct_mark.blocked == 1",
    "reg0[7] = 1; reg0[9] = 1; next;").
acl_hint(5, "!ct.trk", "reg0[8] = 1; reg0[9] = 1; next;").
acl_hint(4, "!ct.new && ct.est && !ct.rpl && ct_mark.blocked == 0",
    "reg0[8] = 1; reg0[10] = 1; next;").
acl_hint(3, "!ct.est", "reg0[9] = 1; next;").
acl_hint(2, "ct.est && ct_mark.blocked == 1", "reg0[9] = 1; next;").
acl_hint(1, "ct.est && ct_mark.blocked == 0", "reg0[10] = 1; next;").

# Both directions of every stateful switch have all of them.
# woven:cross seven hints and two stages
switch_flow(/switch_with_stateful_acl, Stage, Priority, Match, Actions) :-
  hint_stage(Stage),
  acl_hint(Priority, Text, Actions),
  ct_storage(Mark, _),
  Match = fn:string:replace(Text, "ct_mark", Mark).
