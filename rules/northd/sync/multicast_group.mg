# Multicast_Group: sets of ports of a switch that a flow can send to at once.
#
# ovn-sb(5), table Multicast_Group; ovn-architecture(7), "Logical Ports and Multicast Groups". Fills
# no stage; switch/l2_lookup.mg sends to the groups.

Decl table.sb.Multicast_Group()
  descr [
    doc("Each row belongs to the group of that datapath, name and key; others are deleted."),
    key("datapath", "name", "tunnel_key"),
    owned("ports"),
    output()].

# The groups that a switch may have, with the keys that all hypervisors know.
switch_group(Ls, "_MC_flood", 32768, fn:uuid("_MC_flood", Ls)) :- switch(Ls).
switch_group(Ls, "_MC_unknown", 32769, fn:uuid("_MC_unknown", Ls)) :- switch(Ls).
switch_group(Ls, "_MC_flood_l2", 32772, fn:uuid("_MC_flood_l2", Ls)) :- switch(Ls).

# Broadcast goes to every port that is enabled.
want.sb.Multicast_Group.ports(Group, Lsp) :-
  port_on(Lsp, Ls),
  !port_is_disabled(Lsp),
  switch_group(Ls, "_MC_flood", _, Group).

# What routers would answer themselves is spared them.
want.sb.Multicast_Group.ports(Group, Lsp) :-
  port_on(Lsp, Ls),
  !port_is_disabled(Lsp),
  !nb.Logical_Switch_Port.type(Lsp, "router"),
  switch_group(Ls, "_MC_flood_l2", _, Group).

# An unknown address may be behind any port that has some.
want.sb.Multicast_Group.ports(Group, Lsp) :-
  port_is_unknown(Lsp),
  !port_is_disabled(Lsp),
  !port_is_external(Lsp),
  port_on(Lsp, Ls),
  switch_group(Ls, "_MC_unknown", _, Group).

# A group that nobody is in does not exist.
want.sb.Multicast_Group(Group) :- want.sb.Multicast_Group.ports(Group, _).

want.sb.Multicast_Group.datapath(Group, Ls) :-
  want.sb.Multicast_Group(Group),
  switch_group(Ls, _, _, Group).
want.sb.Multicast_Group.name(Group, Name) :-
  want.sb.Multicast_Group(Group),
  switch_group(_, Name, _, Group).
want.sb.Multicast_Group.tunnel_key(Group, Key) :-
  want.sb.Multicast_Group(Group),
  switch_group(_, _, Key, Group).
