# Chassis_Private: what only northd wants to know of our hypervisor, in a row of its own, so that
# other hypervisors need not be told each time.
#
# ovn-sb(5), table Chassis_Private. Fills one row; sync/ adds how far we are.

Decl table.sb.Chassis_Private()
  descr [
    doc("The row of our name is ours, and the only one that is asked for; others are left alone."),
    key("name"),
    owned("chassis"),
    kept("nb_cfg", "nb_cfg_timestamp"),
    foreign("leave"),
    conditional(),
    output()].

Decl our_chassis_private_handle(Handle)
  descr [doc("Handle stands for our own row in want.sb.Chassis_Private."), singleton()]
  bound [/uuid].

# It comes and goes with our row of Chassis.
our_chassis_private_handle(fn:uuid("Chassis_Private", Name)) :-
  our_chassis_handle(_),
  chassis_name(Name).

want.sb.Chassis_Private(Handle) :- our_chassis_private_handle(Handle).
want.sb.Chassis_Private.name(Handle, Name) :-
  our_chassis_private_handle(Handle),
  chassis_name(Name).
want.sb.Chassis_Private.chassis(Handle, Chassis) :-
  our_chassis_private_handle(Handle),
  our_chassis_handle(Chassis).

# Whoever leaves is not waited for.
# woven:feedback the row is ours by its name, whoever has inserted it
drop.sb.Chassis_Private(Row) :-
  leaving(),
  chassis_name(Name),
  sb.Chassis_Private.name(Row, Name).
