# Address_Set: named sets of addresses for matches, the user's own and those of port groups.
#
# ovn-nb(5), tables Address_Set and Port_Group; ovn-sb(5), table Address_Set. Fills no stage.

Decl table.sb.Address_Set()
  descr [
    doc("Each row belongs to the set of that name; others are deleted."),
    key("name"),
    owned("addresses"),
    output()].

want.sb.Address_Set(Set) :- nb.Address_Set(Set).
want.sb.Address_Set.name(Set, Name) :- nb.Address_Set.name(Set, Name).
want.sb.Address_Set.addresses(Set, Text) :- nb.Address_Set.addresses(Set, Text).

# Each port group has one set of the IPv4 and one of the IPv6 addresses of its ports, also while it
# is empty, so that matches that name them stay valid.
group_set(Pg, /true, fn:uuid("_ip4", Pg), fn:fmt("%s_ip4", Name)) :- nb.Port_Group.name(Pg, Name).
group_set(Pg, /false, fn:uuid("_ip6", Pg), fn:fmt("%s_ip6", Name)) :- nb.Port_Group.name(Pg, Name).

want.sb.Address_Set(Set) :- group_set(_, _, Set, _).
want.sb.Address_Set.name(Set, Name) :- group_set(_, _, Set, Name).
want.sb.Address_Set.addresses(Set, fn:text(Ip)) :-
  nb.Port_Group.ports(Pg, Lsp),
  port_on(Lsp, _),
  port_address(Lsp, _, Ip),
  IsIp4 = fn:ip:is4(Ip),
  group_set(Pg, IsIp4, Set, _).

# The address of health checks has a name, so that flows need not change with it.
want.sb.Address_Set(fn:uuid("svc_monitor_mac")) :- svc_monitor_mac(_).
want.sb.Address_Set.name(fn:uuid("svc_monitor_mac"), "svc_monitor_mac") :- svc_monitor_mac(_).
want.sb.Address_Set.addresses(fn:uuid("svc_monitor_mac"), fn:text(Mac)) :- svc_monitor_mac(Mac).
