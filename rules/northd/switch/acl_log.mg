# Logging of ACLs: the log action that comes before what an ACL does, and the logging of answers.
#
# ovn-nb(5), table ACL, log, name, severity, meter, label and options:log-related; ovn-sb(5),
# action log. Fills ls_in_acl and ls_out_acl.

Decl acl_log(Acl, Log)
  descr [doc("Log is what the actions of Acl begin with: a log action and a blank, or nothing.")]
  bound [/uuid, /string].

# Parts that are not set are left out; only the severity has a default.
acl_log(Acl, "") :- nb.ACL.log(Acl, /false).
acl_log(Acl, Log) :-
  acl_log_name(Acl, Name),
  acl_log_severity(Acl, Severity),
  acl_log_verdict(Acl, Verdict),
  acl_log_meter(Acl, Meter),
  Log = fn:fmt("log(%sseverity=%s, verdict=%s%s); ", Name, Severity, Verdict, Meter).

# The name is written as it is: the reference does not escape it either.
acl_log_name(Acl, fn:fmt("name=\"%s\", ", Name)) :-
  nb.ACL.log(Acl, /true),
  nb.ACL.name(Acl, Name).
acl_log_name(Acl, "") :- nb.ACL.log(Acl, /true), !nb.ACL.name(Acl, _).

# ovn-nb(5) names info as the default.
acl_log_severity(Acl, Severity) :- nb.ACL.log(Acl, /true), nb.ACL.severity(Acl, Severity).
acl_log_severity(Acl, "info") :- nb.ACL.log(Acl, /true), !nb.ACL.severity(Acl, _).

# A meter keeps the controller from being flooded.
acl_log_meter(Acl, fn:fmt(", meter=\"%s\"", Meter)) :-
  nb.ACL.log(Acl, /true),
  nb.ACL.meter(Acl, Meter).
acl_log_meter(Acl, "") :- nb.ACL.log(Acl, /true), !nb.ACL.meter(Acl, _).

# The verdict is what became of the packet.
acl_log_verdict(Acl, Verdict) :-
  nb.ACL.log(Acl, /true),
  nb.ACL.action(Acl, Action),
  verdict(Action, Verdict).

verdict("allow", "allow").
verdict("allow-related", "allow").
verdict("allow-stateless", "allow").
verdict("drop", "drop").
verdict("reject", "reject").

# Answers are allowed by their connection and not by an ACL. To log them as well, the connection is
# recognised by the label of the ACL that allowed it, in the stage of the opposite direction.
answer_stage("from-lport", /ls_out_acl).
answer_stage("to-lport", /ls_in_acl).

# All of this has to be asked for, because every answer is a message to the controller.
acl_logs_answers(Acl, Scope, Stage, Label, Log) :-
  nb.ACL.options(Acl, "log-related", Text),
  fn:string:lower(Text) = "true",
  nb.ACL.log(Acl, /true),
  nb.ACL.label(Acl, Label),
  Label != 0,
  acl_log_verdict(Acl, "allow"),
  !nb.ACL.action(Acl, "allow-stateless"),
  acl_scope(Acl, Scope, /stateful),
  nb.ACL.direction(Acl, Direction),
  answer_stage(Direction, Stage),
  acl_log(Acl, Log).

# One above the flow that allows answers without logging.
lflow(Scope, Stage, 65533, Match, fn:fmt("%snext;", Log), "", "", Acl) :-
  acl_logs_answers(Acl, Scope, Stage, Label, Log),
  ct_inv_match(_, Valid),
  ct_storage(Mark, _),
  Match = fn:fmt(
    "ct.est && !ct.rel && !ct.new && %sct.rpl && %s.blocked == 0 && ct_label.label == %d",
    Valid, Mark, Label).

# The same for packets that belong to it, such as ICMP errors.
lflow(Scope, Stage, 65533, Match, fn:fmt("%snext;", Log), "", "", Acl) :-
  acl_logs_answers(Acl, Scope, Stage, Label, Log),
  ct_inv_match(_, Valid),
  ct_storage(Mark, _),
  Match = fn:fmt(
    "!ct.est && ct.rel && !ct.new && %s%s.blocked == 0 && ct_label.label == %d",
    Valid, Mark, Label).
