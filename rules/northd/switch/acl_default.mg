# What happens around the ACLs of users: to packets that no ACL speaks about, to those that no ACL
# may stop, and to the answers of connections.
#
# ovn-northd(8), "Ingress Table 8: from-lport ACLs before LB" and "Egress Table 4: to-lport ACLs";
# ovn-nb(5), NB_Global, options:default_acl_drop and use_ct_inv_match. Fills ls_in_acl,
# ls_in_acl_after_lb, ls_out_acl.

Decl switch_has_acl(Ls)
  descr [doc("Some ACL, of whatever direction, holds on the switch Ls.")]
  bound [/uuid].

Decl group_has_acl(Pg)
  descr [doc("The port group Pg has an ACL.")]
  bound [/uuid].

Decl ct_inv_match(Invalid, Valid)
  descr [
    doc("Invalid is the condition, with || behind it, that a packet is invalid, and Valid, with",
      "&& behind it, that it is not. Both are empty if nothing is to be asked."),
    singleton()]
  bound [/string, /string].

# An ACL holds on its switch, or on all switches that its port group has ports on. How many there
# are does not matter.
switch_has_acl(Ls) :- switch(Ls), nb.Logical_Switch.acls(Ls, _).
switch_has_acl(Ls) :- group_on_switch(Pg, Ls), group_has_acl(Pg).

# One ACL of a group is enough.
group_has_acl(Pg) :- nb.Port_Group.acls(Pg, _).

# Three sets of switches differ in what happens around their ACLs.
switch_set(/switch_with_acl, Ls) :- switch_has_acl(Ls).
switch_set(/switch_without_acl, Ls) :- switch(Ls), !switch_has_acl(Ls).
switch_set(/switch_with_stateful_acl, Ls) :- switch_is_stateful(Ls).

# The main ACL stage of each direction.
main_stage(/ls_in_acl).
main_stage(/ls_out_acl).

# Without ACLs no packet stays here.
switch_flow(/switch_without_acl, Stage, 65535, "1", "next;") :- main_stage(Stage).
switch_flow(/switch_without_acl, /ls_in_acl_after_lb, 0, "1", "next;").

# What no ACL speaks about is let on, or dropped if the user wants it so.
unmatched("next;") :- global_flag("default_acl_drop", /false).
unmatched("drop;") :- global_flag("default_acl_drop", /true).

# woven:cross one action and two stages
switch_flow(/switch_with_acl, Stage, 0, "1", Actions) :- main_stage(Stage), unmatched(Actions).
switch_flow(/switch_with_acl, /ls_in_acl_after_lb, 0, "1", Actions) :- unmatched(Actions).

# Without neighbour discovery and multicast listener reports there would be no IPv6 to control.
switch_flow(/every_switch, Stage, 65532, "nd || nd_ra || nd_rs || mldv1 || mldv2", "next;") :-
  main_stage(Stage).
switch_flow(/every_switch, /ls_in_acl_after_lb, 65532,
    "nd || nd_ra || nd_rs || mldv1 || mldv2", "next;").

# Health checks are the network's own.
switch_flow(/switch_with_acl, /ls_in_acl, 34000, "eth.dst == $svc_monitor_mac", "next;").
switch_flow(/switch_with_acl, /ls_out_acl, 34000, "eth.src == $svc_monitor_mac", "next;").

# A connection that no ACL speaks about is let on, but must be known, so that a later ACL can stop
# it: it is committed. Dropped ones leave no trace.
unmatched_connection("reg0[1] = 1; next;") :- global_flag("default_acl_drop", /false).
unmatched_connection("drop;") :- global_flag("default_acl_drop", /true).

# woven:cross one action and two stages
switch_flow(/switch_with_stateful_acl, Stage, 1, "ip && !ct.est", Actions) :-
  main_stage(Stage),
  unmatched_connection(Actions).

# A connection that was blocked and that no ACL stops any more is allowed again.
switch_flow(/switch_with_stateful_acl, Stage, 1, Match, "reg0[1] = 1; next;") :-
  main_stage(Stage),
  ct_storage(Mark, _),
  Match = fn:fmt("ip && ct.est && %s.blocked == 1", Mark).

# Some hardware cannot tell invalid packets; then nothing is asked about them.
ct_inv_match("ct.inv || ", "!ct.inv && ") :- global_flag("use_ct_inv_match", /true).
ct_inv_match("", "") :- global_flag("use_ct_inv_match", /false).

# Invalid packets, and answers on blocked connections, are dropped before any ACL sees them.
switch_flow(/switch_with_stateful_acl, Stage, 65532, Match, "drop;") :-
  main_stage(Stage),
  ct_inv_match(Invalid, _),
  ct_storage(Mark, _),
  Match = fn:fmt("%s(ct.est && ct.rpl && %s.blocked == 1)", Invalid, Mark).

# What answers on an allowed connection was allowed with it. Bit 17 of reg0 says so to the ACLs
# after load balancing.
answer_action(/ls_in_acl, "reg0[9] = 0; reg0[10] = 0; reg0[17] = 1; next;").
answer_action(/ls_out_acl, "next;").
switch_flow(/switch_with_stateful_acl, Stage, 65532, Match, Actions) :-
  answer_action(Stage, Actions),
  ct_inv_match(_, Valid),
  ct_storage(Mark, _),
  Match = fn:fmt("ct.est && !ct.rel && !ct.new && %sct.rpl && %s.blocked == 0", Valid, Mark).

# So was what belongs to it.
related_action(/ls_in_acl, fn:fmt("reg0[17] = 1; %s", Action)) :- ct_related_action(Action).
related_action(/ls_out_acl, Action) :- ct_related_action(Action).
switch_flow(/switch_with_stateful_acl, Stage, 65532, Match, Actions) :-
  related_action(Stage, Actions),
  ct_inv_match(_, Valid),
  ct_storage(Mark, _),
  Match = fn:fmt("!ct.est && ct.rel && !ct.new && %s%s.blocked == 0", Valid, Mark).

# They passed the ACLs before load balancing by that, and pass those after it as well.
switch_flow(/switch_with_stateful_acl, /ls_in_acl_after_lb, 65532, "reg0[17] == 1", "next;").
