# Sequence numbers: northd counts nb_cfg up, and each hypervisor says how far it has come. A number
# is reached when the switch has all flows that were made with what came with that number.
#
# ovn-sb(5), SB_Global, nb_cfg, and Chassis_Private, nb_cfg and nb_cfg_timestamp; ovn-controller(8),
# external-ids:ovn-nb-cfg in the Bridge table. Fills these.

# While rows are still to come, what they say cannot be in the switch.
ask("openflow", "nb_cfg", Number) :- sb.SB_Global.nb_cfg(_, Number), !monitor_pending().

# A user may want the report to be late, to see what waits for it (ovn-appctl
# debug/delay-nb-cfg-report).
nb_cfg_delay(fn:mult(Seconds, 1000)) :-
  given("nb_cfg_delay", Text),
  :number(Text, Seconds).
# woven:cross there is one number and one wish
nb_cfg_due(Number, Time, fn:plus(Time, Delay)) :-
  acked("openflow", "nb_cfg", Number, Time),
  nb_cfg_delay(Delay).
timer("nb_cfg", Due) :- nb_cfg_due(_, _, Due).

# Without such a wish the number is reached when the switch says so.
nb_cfg_reached(Number, Time) :-
  acked("openflow", "nb_cfg", Number, Time),
  !nb_cfg_delay(_).
nb_cfg_reached(Number, Time) :-
  nb_cfg_due(Number, Time, Due),
  expired("nb_cfg", Due).

want.sb.Chassis_Private.nb_cfg(Handle, Number) :-
  our_chassis_private_handle(Handle),
  nb_cfg_reached(Number, _).

# The time is written together with a new number.
# woven:feedback a number that is written down was reached earlier
want.sb.Chassis_Private.nb_cfg_timestamp(Handle, Time) :-
  our_chassis_private_handle(Handle),
  nb_cfg_reached(Number, Time),
  !nb_cfg_is_written(Number).

# woven:feedback a number that is written down was reached earlier
nb_cfg_is_written(Number) :-
  chassis_name(Name),
  sb.Chassis_Private.name(Row, Name),
  sb.Chassis_Private.nb_cfg(Row, Number).

# Whoever waits on the hypervisor itself reads both from the bridge. What is there stays while it is
# the number that was reached, or none was by this daemon.
bridge_entry("ovn-nb-cfg").
bridge_entry("ovn-nb-cfg-ts").

# woven:feedback what is there was reached earlier
bridge_cfg(Text) :- integration_bridge(Br), ovs.Bridge.external_ids(Br, "ovn-nb-cfg", Text).
bridge_cfg_stays() :- nb_cfg_reached(Number, _), bridge_cfg(fn:text(Number)).
bridge_cfg_stays() :- bridge_cfg(_), !nb_cfg_reached(_, _).

# woven:feedback what is there was reached earlier
want.ovs.Bridge.external_ids(Handle, Key, Value) :-
  bridge_cfg_stays(),
  integration_bridge_handle(Handle),
  integration_bridge(Br),
  bridge_entry(Key),
  ovs.Bridge.external_ids(Br, Key, Value).

want.ovs.Bridge.external_ids(Handle, "ovn-nb-cfg", fn:text(Number)) :-
  nb_cfg_reached(Number, _),
  integration_bridge_handle(Handle),
  !bridge_cfg_stays().
want.ovs.Bridge.external_ids(Handle, "ovn-nb-cfg-ts", fn:text(Time)) :-
  nb_cfg_reached(_, Time),
  integration_bridge_handle(Handle),
  !bridge_cfg_stays().
