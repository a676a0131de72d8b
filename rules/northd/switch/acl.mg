# Access control lists: which ACLs hold on which switches, and the flow or flows of each.
#
# The flows of an ACL are said once for its scope: the switch that it is on, or the switches that
# its port group has ports on. A switch is stateful or not as a whole (stateful.mg), so that an
# ACL of a group may have both kinds of flows, each for its part of the switches.
#
# ovn-northd(8), "Ingress Table 8: from-lport ACLs before LB", "Ingress Table 17: from-lport ACLs
# after LB", "Egress Table 4: to-lport ACLs"; ovn-nb(5), table ACL. Fills ls_in_acl,
# ls_in_acl_after_lb, ls_out_acl.

Decl acl_scope(Acl, Scope, Kind)
  descr [doc("The flows of Kind, /stateful or /stateless, that Acl has are for Scope.")]
  bound [/uuid, /uuid, /name].

Decl acl_stage(Acl, Stage)
  descr [doc("Acl is evaluated in Stage.")]
  bound [/uuid, /name].

Decl acl_priority(Acl, Priority)
  descr [
    doc("The flows of Acl have this Priority, in the range from 1000 on that is kept for the",
      "ACLs of users.")]
  bound [/uuid, /number].

# How ACLs work on a switch.
switch_kind(Ls, /stateful) :- switch_is_stateful(Ls).
switch_kind(Ls, /stateless) :- switch_has_acl(Ls), !switch_is_stateful(Ls).

# An ACL of a switch is for that switch.
acl_scope(Acl, Ls, Kind) :- nb.Logical_Switch.acls(Ls, Acl), switch_kind(Ls, Kind).

# An ACL of a group is for the switches of that kind which have a port of the group. They are a
# scope of their own, common to all ACLs of the group.
acl_scope(Acl, fn:uuid("scope", Pg, Kind), Kind) :-
  nb.Port_Group.acls(Pg, Acl),
  group_kind(Pg, Kind).
scope_member(fn:uuid("scope", Pg, Kind), Ls) :-
  group_on_switch(Pg, Ls),
  group_has_acl(Pg),
  switch_kind(Ls, Kind).

# Most groups only need one kind of flows.
group_kind(Pg, Kind) :- group_on_switch(Pg, Ls), switch_kind(Ls, Kind).

# The direction decides, and for packets from ports the wish to see them after load balancing.
acl_stage(Acl, /ls_out_acl) :- nb.ACL.direction(Acl, "to-lport").
acl_stage(Acl, /ls_in_acl) :- nb.ACL.direction(Acl, "from-lport"), !acl_is_after_lb(Acl).
acl_stage(Acl, /ls_in_acl_after_lb) :- nb.ACL.direction(Acl, "from-lport"), acl_is_after_lb(Acl).

# Off unless the word is true, in any case.
acl_is_after_lb(Acl) :-
  nb.ACL.options(Acl, "apply-after-lb", Text),
  fn:string:lower(Text) = "true".

# Below 1000 there is room for what northd itself has to say.
acl_priority(Acl, fn:plus(Priority, 1000)) :- nb.ACL.priority(Acl, Priority).

# The two stages in which a rejected packet's answer goes on: behind the ACLs of the way back.
reject_jump(/ls_in_acl, "egress", Table) :- stage(/ls_out_qos_mark, _, Table, _).
reject_jump(/ls_in_acl_after_lb, "egress", Table) :- stage(/ls_out_qos_mark, _, Table, _).
reject_jump(/ls_out_acl, "ingress", Table) :- stage(/ls_in_l2_lkup, _, Table, _).

# The match and the actions are made once an ACL, and joined with its scopes below.
lflow(Scope, Stage, Priority, Match, Actions, "", "", Acl) :-
  acl_flow(Acl, Kind, Match, Actions),
  acl_scope(Acl, Scope, Kind),
  acl_stage(Acl, Stage),
  acl_priority(Acl, Priority).

# Which kinds of flows an ACL has; how many switches need them does not matter.
acl_kind(Acl, Kind) :- acl_scope(Acl, _, Kind).

# On a stateful switch these two do the same; on others only the first can be there.
acl_allows(Acl) :- nb.ACL.action(Acl, "allow").
acl_allows(Acl) :- nb.ACL.action(Acl, "allow-related").

# Without tracking, to allow a packet is to let it on.
acl_flow(Acl, /stateless, Match, fn:fmt("%snext;", Log)) :-
  acl_allows(Acl),
  acl_kind(Acl, /stateless),
  nb.ACL.match(Acl, Match),
  acl_log(Acl, Log).

# What wants no tracking looks the same on every switch; pre_acl.mg keeps it from the tracker.
acl_flow(Acl, Kind, Match, fn:fmt("%snext;", Log)) :-
  nb.ACL.action(Acl, "allow-stateless"),
  acl_kind(Acl, Kind),
  nb.ACL.match(Acl, Match),
  acl_log(Acl, Log).

# An empty action drops; the comment says that it is meant.
acl_flow(Acl, /stateless, Match, fn:fmt("%s/* drop */", Log)) :-
  nb.ACL.action(Acl, "drop"),
  acl_kind(Acl, /stateless),
  nb.ACL.match(Acl, Match),
  acl_log(Acl, Log).

# The sender is told, with a TCP reset or an ICMP error that takes the way back.
acl_flow(Acl, /stateless, Match, fn:fmt("%s%s", Log, Reject)) :-
  acl_reject(Acl, Reject),
  acl_kind(Acl, /stateless),
  nb.ACL.match(Acl, Match),
  acl_log(Acl, Log).

# The answer is made in the middle of the pipeline, so it is told where to go on.
acl_reject(Acl, Actions) :-
  nb.ACL.action(Acl, "reject"),
  acl_stage(Acl, Stage),
  reject_jump(Stage, Pipeline, Table),
  Actions = fn:fmt("reg0 = 0; reject { /* eth.dst <-> eth.src; ip.dst <-> ip.src; is implicit. */ outport <-> inport; next(pipeline=%s,table=%d); };", Pipeline, Table).

# A new connection that is allowed is committed, with its label if the ACL has one.
acl_flow(Acl, /stateful, fn:fmt("reg0[7] == 1 && (%s)", Match),
    fn:fmt("reg0[1] = 1; %s%snext;", Label, Log)) :-
  acl_allows(Acl),
  acl_kind(Acl, /stateful),
  nb.ACL.match(Acl, Match),
  acl_label(Acl, Label),
  acl_log(Acl, Log).

# A known connection goes on.
acl_flow(Acl, /stateful, fn:fmt("reg0[8] == 1 && (%s)", Match), fn:fmt("%snext;", Log)) :-
  acl_allows(Acl),
  acl_kind(Acl, /stateful),
  nb.ACL.match(Acl, Match),
  nb.ACL.label(Acl, 0),
  acl_log(Acl, Log).

# Unless its label has to be written: it may have come about under another ACL.
acl_flow(Acl, /stateful, fn:fmt("reg0[8] == 1 && (%s)", Match),
    fn:fmt("reg0[1] = 1; %s%snext;", Label, Log)) :-
  acl_allows(Acl),
  acl_kind(Acl, /stateful),
  nb.ACL.match(Acl, Match),
  nb.ACL.label(Acl, Number),
  Number != 0,
  acl_label(Acl, Label),
  acl_log(Acl, Log).

# The label goes to the commit through reg3.
acl_label(Acl, "") :- acl_allows(Acl), nb.ACL.label(Acl, 0).
acl_label(Acl, fn:fmt("reg0[13] = 1; reg3 = %d; ", Number)) :-
  acl_allows(Acl),
  nb.ACL.label(Acl, Number),
  Number != 0.

# What was never allowed is just dropped.
acl_flow(Acl, /stateful, fn:fmt("reg0[9] == 1 && (%s)", Match), fn:fmt("%s/* drop */", Log)) :-
  nb.ACL.action(Acl, "drop"),
  acl_kind(Acl, /stateful),
  nb.ACL.match(Acl, Match),
  acl_log(Acl, Log).

# A connection that was allowed before is marked, so that its answers are dropped too.
acl_flow(Acl, /stateful, fn:fmt("reg0[10] == 1 && (%s)", Match),
    fn:fmt("ct_commit { %s.blocked = 1; }; %s/* drop */", Mark, Log)) :-
  ct_storage(Mark, _),
  nb.ACL.action(Acl, "drop"),
  acl_kind(Acl, /stateful),
  nb.ACL.match(Acl, Match),
  acl_log(Acl, Log).

# The same two for packets whose sender is told.
acl_flow(Acl, /stateful, fn:fmt("(reg0[9] == 1) && %s", Match), fn:fmt("%s%s", Log, Reject)) :-
  acl_reject(Acl, Reject),
  acl_kind(Acl, /stateful),
  nb.ACL.match(Acl, Match),
  acl_log(Acl, Log).
acl_flow(Acl, /stateful, fn:fmt("(reg0[10] == 1) && %s", Match),
    fn:fmt("%sct_commit { %s.blocked = 1; };  %s", Log, Mark, Reject)) :-
  ct_storage(Mark, _),
  acl_reject(Acl, Reject),
  acl_kind(Acl, /stateful),
  nb.ACL.match(Acl, Match),
  acl_log(Acl, Log).
