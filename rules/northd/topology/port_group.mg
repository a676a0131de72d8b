# Port groups: ports of any switches that ACLs and address sets treat as one.
#
# ovn-nb(5), table Port_Group. Fills no stage.

Decl group_on_switch(Pg, Ls)
  descr [doc("The port group Pg has at least one port on the switch Ls.")]
  bound [/uuid, /uuid].

# How many ports of the group are there does not matter to the switch.
group_on_switch(Pg, Ls) :-
  nb.Port_Group.ports(Pg, Lsp),
  port_on(Lsp, Ls).
