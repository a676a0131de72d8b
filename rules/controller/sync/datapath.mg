# Datapath: a row for the datapath of the integration bridge, in which Open vSwitch says what that
# datapath can do.
#
# ovs-vswitchd.conf.db(5), table Datapath. Fills one row at most.

Decl table.ovs.Datapath()
  descr [
    doc("A row is inserted where there is none for the type of the integration bridge; what is in it",
      "is Open vSwitch's."),
    key("_new"),
    foreign("leave"),
    output()].

# An empty type stands for the datapath in the kernel.
# woven:feedback the type is what it is, whether we have written it or somebody else
bridge_datapath(fn:if(fn:eq(Type, ""), "system", Type)) :-
  integration_bridge(Br),
  ovs.Bridge.datapath_type(Br, Type).

# Open vSwitch fills only rows that are there.
# woven:feedback the rule ends when the row is there
datapath_is_missing(Row, Type, fn:uuid("Datapath", Type)) :-
  bridge_datapath(Type),
  open_vswitch(Row),
  !ovs.Open_vSwitch.datapaths(Row, Type, _).

want.ovs.Datapath(Handle) :- datapath_is_missing(_, _, Handle).
want.ovs.Open_vSwitch.datapaths(Row, Type, Handle) :- datapath_is_missing(Row, Type, Handle).
