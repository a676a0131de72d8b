# Connection tracking on a switch: when a packet is sent through the tracker, and when its
# connection is committed.
#
# The earlier stages only set bits of reg0, so that a packet is tracked once however many features
# want it: bit 0 asks for tracking, bit 2 for tracking with load balancing, bit 1 for a commit,
# bit 13 for a label from reg3 with it.
#
# ovn-northd(8), "Ingress Table 6: Pre-stateful", "Ingress Table 18: Stateful", "Egress Table 2:
# Pre-stateful", "Egress Table 7: Stateful". Fills ls_in_pre_stateful, ls_in_stateful,
# ls_out_pre_stateful, ls_out_stateful.

Decl switch_is_stateful(Ls)
  descr [doc("The switch Ls follows connections, because some ACL on it allows related packets.")]
  bound [/uuid].

# One such ACL makes all ACLs of the switch stateful, in both directions: what one direction lets
# out, the other has to let back in.
switch_is_stateful(Ls) :-
  nb.Logical_Switch.acls(Ls, Acl),
  acl_is_stateful(Acl),
  switch(Ls).
switch_is_stateful(Ls) :-
  group_on_switch(Pg, Ls),
  group_is_stateful(Pg).

# One ACL of a group is enough for all its switches.
group_is_stateful(Pg) :- nb.Port_Group.acls(Pg, Acl), acl_is_stateful(Acl).

# To let related packets in, connections have to be known.
acl_is_stateful(Acl) :- nb.ACL.action(Acl, "allow-related").

# The stages of the two directions that do the same.
tracking_stage(/ls_in_pre_stateful).
tracking_stage(/ls_out_pre_stateful).
commit_stage(/ls_in_stateful).
commit_stage(/ls_out_stateful).

# Load balancing looks the connection up by itself, so its bit comes first.
switch_flow(/every_switch, Stage, 110, "reg0[2] == 1", fn:fmt("%s;", Lb)) :-
  tracking_stage(Stage),
  ct_storage(_, Lb).
switch_flow(/every_switch, Stage, 100, "reg0[0] == 1", "ct_next;") :- tracking_stage(Stage).
switch_flow(/every_switch, Stage, 0, "1", "next;") :- tracking_stage(Stage).

# A connection that is committed is an allowed one.
switch_flow(/every_switch, Stage, 100, "reg0[1] == 1 && reg0[13] == 0",
    fn:fmt("ct_commit { %s.blocked = 0; }; next;", Mark)) :-
  commit_stage(Stage),
  ct_storage(Mark, _).
switch_flow(/every_switch, Stage, 100, "reg0[1] == 1 && reg0[13] == 1",
    fn:fmt("ct_commit { %s.blocked = 0; ct_label.label = reg3; }; next;", Mark)) :-
  commit_stage(Stage),
  ct_storage(Mark, _).
switch_flow(/every_switch, Stage, 0, "1", "next;") :- commit_stage(Stage).
