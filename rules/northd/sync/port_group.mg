# Port_Group: each port group of the user's, as one set of ports a switch, because a hypervisor only
# needs those of the switches it knows.
#
# ovn-sb(5), table Port_Group. Fills no stage.

Decl table.sb.Port_Group()
  descr [
    doc("Each row belongs to the group of that name; others are deleted."),
    key("name"),
    owned("ports"),
    output()].

# Each switch with a port of the group has a part of it.
switch_part(Pg, Ls, fn:uuid("Port_Group", Pg, Ls)) :- group_on_switch(Pg, Ls).

want.sb.Port_Group(Part) :- switch_part(_, _, Part).

# The key of the switch's datapath makes the name unique.
want.sb.Port_Group.name(Part, fn:fmt("%d_%s", Key, Name)) :-
  switch_part(Pg, Ls, Part),
  datapath_key(/datapath, Ls, Key),
  nb.Port_Group.name(Pg, Name).

# The part is named and not looked up, so that a new part does not ask all ports of its group.
want.sb.Port_Group.ports(fn:uuid("Port_Group", Pg, Ls), Name) :-
  nb.Port_Group.ports(Pg, Lsp),
  port_on(Lsp, Ls),
  nb.Logical_Switch_Port.name(Lsp, Name).
