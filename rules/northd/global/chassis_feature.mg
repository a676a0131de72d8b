# What all hypervisors understand. While an older one is there, flows use what it knows, because
# every flow may reach every hypervisor.
#
# ovn-northd(8) does not speak of it; ovn-controller of each version lists its features in
# Chassis.other_config. Fills no stage.

Decl ct_storage(Mark, Lb)
  descr [
    doc("That a connection is blocked is remembered in the field Mark, ct_mark or ct_label, and",
      "the action Lb balances load with it."),
    singleton()]
  bound [/string, /string].

Decl ct_related_action(Action)
  descr [
    doc("Action lets on packets that belong to a tracked connection, such as ICMP errors."),
    singleton()]
  bound [/string].

Decl chassis_is_remote(Chassis)
  descr [doc("Chassis belongs to another network, which has a northd of its own.")]
  bound [/uuid].

Decl feature(Feature)
  descr [doc("Feature is something that older hypervisors lack, by its key in Chassis.other_config.")]
  bound [/string].

Decl feature_is_missing(Feature)
  descr [doc("Some hypervisor of ours lacks Feature.")]
  bound [/string].

# Older hypervisors cannot match a part of the mark.
feature("ct-no-masked-label").
# Older hypervisors do not translate the addresses in related packets when they commit.
feature("ovn-ct-lb-related").
# Older hypervisors do not note when they have learnt a neighbour's address.
feature("mac-binding-timestamp").

# A feature is there if the word is true, in any case.
chassis_has(Chassis, Feature) :-
  feature(Feature),
  sb.Chassis.other_config(Chassis, Feature, Text),
  fn:string:lower(Text) = "true".

# What another northd serves is not our concern.
chassis_is_remote(Chassis) :-
  sb.Chassis.other_config(Chassis, "is-remote", Text),
  fn:string:lower(Text) = "true".

# One that lacks the feature is enough.
# woven:cross a few features
feature_is_missing(Feature) :-
  sb.Chassis(Chassis),
  !chassis_is_remote(Chassis),
  feature(Feature),
  !chassis_has(Chassis, Feature).

ct_storage_of_today("ct_mark", "ct_lb_mark").

# The mark is preferred, because hardware can match it.
ct_storage(Mark, Lb) :-
  ct_storage_of_today(Mark, Lb),
  !feature_is_missing("ct-no-masked-label").
ct_storage("ct_label", "ct_lb") :- feature_is_missing("ct-no-masked-label").

ct_related_action_of_today("ct_commit_nat;").

# While an older one is there, related packets are let on untranslated, as it does by itself.
ct_related_action(Action) :-
  ct_related_action_of_today(Action),
  !feature_is_missing("ovn-ct-lb-related").
ct_related_action("next;") :- feature_is_missing("ovn-ct-lb-related").
