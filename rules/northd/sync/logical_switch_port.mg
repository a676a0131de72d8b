# Logical_Switch_Port: what northd tells the user about his ports, written back to the Northbound.
#
# ovn-nb(5), Logical_Switch_Port, up, dynamic_addresses and tag. Fills no stage.

Decl table.nb.Logical_Switch_Port()
  descr [
    doc("The rows are the user's; northd only writes some columns of theirs."),
    key("_uuid"),
    adopt("never insert"),
    owned("up", "dynamic_addresses"),
    kept("tag"),
    output()].

want.nb.Logical_Switch_Port(Lsp) :- port_on(Lsp, _).

want.nb.Logical_Switch_Port.up(Lsp, /true) :- port_is_up(Lsp).
want.nb.Logical_Switch_Port.up(Lsp, /false) :- port_on(Lsp, _), !port_is_up(Lsp).

# What was allocated stays, but only while the switch has a pool that it can come from.
# woven:feedback what is there is kept or cleared, never anything else
want.nb.Logical_Switch_Port.dynamic_addresses(Lsp, Text) :-
  nb.Logical_Switch_Port.dynamic_addresses(Lsp, Text),
  port_on(Lsp, Ls),
  switch_has_pool(Ls).

# A pool is of IPv4, of IPv6, or of Ethernet addresses alone.
switch_has_pool(Ls) :- nb.Logical_Switch.other_config(Ls, "subnet", _).
switch_has_pool(Ls) :- nb.Logical_Switch.other_config(Ls, "ipv6_prefix", _).
switch_has_pool(Ls) :-
  nb.Logical_Switch.other_config(Ls, "mac_only", Text),
  fn:string:lower(Text) = "true".

# A tag that the user asks for by number is his at once; 0 asks for any.
want.nb.Logical_Switch_Port.tag(Lsp, Tag) :-
  nb.Logical_Switch_Port.tag_request(Lsp, Tag),
  port_on(Lsp, _),
  Tag != 0.
