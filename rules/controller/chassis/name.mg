# The name of our chassis, under which all other hypervisors know this one.
#
# ovn-controller(8), external_ids:system-id and the option -n. Fills no table.

Decl leaving()
  descr [
    doc("The daemon is to withdraw its chassis and end: nothing of ours is wanted any more."),
    extensional()]
  bound [].

Decl chassis_name(Name)
  descr [doc("Our chassis has this name."), singleton()]
  bound [/string].

Decl our_chassis(Row)
  descr [
    doc("Row of Chassis is our own. So whatever the Southbound says of all chassis is known."),
    feedback("the row is ours by its name, whoever has inserted it"),
    singleton()]
  bound [/uuid].

# Of a file the first line counts.
override_name(Name) :- given("override", Text), :split_index(Text, "\n", 0, Name), Name != "".

# What the command line says wins, then the file system-id-override, then the database.
chassis_name(Name) :- given("chassis", Name), Name != "".
chassis_name(Name) :- override_name(Name), !given("chassis", _).
chassis_name(Name) :-
  ovs.Open_vSwitch.external_ids(_, "system-id", Name),
  Name != "",
  !given("chassis", _),
  !override_name(_).

# Without a name nobody can know of us.
problem("Open_vSwitch", Row, "external_ids:system-id", "our chassis has no name: set it") :-
  open_vswitch(Row),
  !chassis_name(_).

# Names are unique in the table.
our_chassis(Row) :- chassis_name(Name), sb.Chassis.name(Row, Name).
