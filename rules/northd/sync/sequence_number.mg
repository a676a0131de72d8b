# Sequence numbers: how a user learns that a change has arrived. He counts nb_cfg up; sb_cfg follows
# when the Southbound has everything made from that Northbound, hv_cfg when all hypervisors have
# worked it in. ovn-nbctl --wait=sb and --wait=hv wait for them.
#
# ovn-nb(5), NB_Global, nb_cfg to hv_cfg_timestamp. Fills no stage.

# The number is seen now, and stored in the Southbound later.
ask("batch", "nb_cfg", Number) :- nb.NB_Global.nb_cfg(_, Number).
ask("sb", "nb_cfg", Number) :- nb.NB_Global.nb_cfg(_, Number).

want.nb.NB_Global.sb_cfg(fn:uuid("NB_Global"), Number) :- acked("sb", "nb_cfg", Number, _).

# A time is written together with its number and only then: a number that is in the database already
# was reached earlier.
# woven:feedback the rule ends when the number has been written
want.nb.NB_Global.sb_cfg_timestamp(fn:uuid("NB_Global"), Time) :-
  acked("sb", "nb_cfg", Number, Time),
  !nb.NB_Global.sb_cfg(_, Number).

# When northd first saw the number.
# woven:feedback the rule ends when the number has been written
want.nb.NB_Global.nb_cfg_timestamp(fn:uuid("NB_Global"), Time) :-
  acked("batch", "nb_cfg", Number, Time),
  !nb.NB_Global.sb_cfg(_, Number).

# How far each hypervisor is, and since when. Those of other networks do not count.
hypervisor_cfg(Number, Time) :-
  sb.Chassis_Private.nb_cfg(Row, Number),
  sb.Chassis_Private.nb_cfg_timestamp(Row, Time),
  !hypervisor_is_remote(Row).

# Whose hypervisor it is stands in the row of its chassis.
hypervisor_is_remote(Row) :-
  sb.Chassis_Private.chassis(Row, Chassis),
  chassis_is_remote(Chassis).

# A hypervisor that is ahead, or none at all, does not carry the number beyond what is stored.
hypervisor_cfg(Number, 0) :- acked("sb", "nb_cfg", Number, _).

# The slowest hypervisor counts.
hv_cfg(Number) :- hypervisor_cfg(Each, _) |> do fn:group_by(), let Number = fn:min(Each).

# It was reached when the last of the slowest got there.
hv_cfg_time(Time) :-
  hv_cfg(Number),
  hypervisor_cfg(Number, Each)
  |> do fn:group_by(), let Time = fn:max(Each).

want.nb.NB_Global.hv_cfg(fn:uuid("NB_Global"), Number) :-
  acked("sb", "nb_cfg", _, _),
  hv_cfg(Number).

# woven:feedback the rule ends when the number has been written
# woven:cross both are one fact
want.nb.NB_Global.hv_cfg_timestamp(fn:uuid("NB_Global"), Time) :-
  hv_cfg(Number),
  hv_cfg_time(Time),
  !nb.NB_Global.hv_cfg(_, Number).

# Its hypervisor is gone, and the number will stand still.
problem("Chassis_Private", Row, "chassis", "the chassis does not exist") :-
  sb.Chassis_Private(Row),
  !sb.Chassis_Private.chassis(Row, _).
