# Datapath_Binding: each switch as a datapath of the Southbound.
#
# ovn-sb(5), table Datapath_Binding. Fills no stage.

Decl table.sb.Datapath_Binding()
  descr [
    doc("Each row belongs to the switch that its external_ids name; rows without one are",
      "deleted."),
    key("external_ids:logical-switch"),
    owned("tunnel_key", "external_ids", "load_balancers"),
    output()].

# The switch's own uuid is the handle.
want.sb.Datapath_Binding(Ls) :- switch(Ls).

want.sb.Datapath_Binding.tunnel_key(Ls, Key) :- datapath_key(/datapath, Ls, Key).

want.sb.Datapath_Binding.external_ids(Ls, "logical-switch", fn:text(Ls)) :- switch(Ls).

# Names are for people; two switches may have the same.
want.sb.Datapath_Binding.external_ids(Ls, "name", Name) :-
  switch(Ls),
  nb.Logical_Switch.name(Ls, Name).

# OpenStack names its networks here.
want.sb.Datapath_Binding.external_ids(Ls, "name2", Name) :-
  switch(Ls),
  nb.Logical_Switch.external_ids(Ls, "neutron:network_name", Name),
  Name != "".

# A transit switch between networks is marked, so that gateways know it.
want.sb.Datapath_Binding.external_ids(Ls, "interconn-ts", Name) :-
  switch(Ls),
  nb.Logical_Switch.other_config(Ls, "interconn-ts", Name).
