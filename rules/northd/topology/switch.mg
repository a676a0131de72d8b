# Logical switches and their tunnel keys: the number by which packets in tunnels say which
# datapath they belong to.
#
# ovn-architecture(7), "Tunnel Encapsulations"; ovn-nb(5), Logical_Switch,
# other_config:requested-tnl-key. Fills no stage.

Decl switch(Ls)
  descr [doc("Ls is a logical switch that has got a tunnel key, and so exists in the Southbound.")]
  bound [/uuid].

Decl datapath_key(Pool, Dp, Key)
  descr [
    doc("The datapath Dp has the tunnel key Key. There is one pool, /datapath."),
    allocator("datapath_key_owner", "datapath_key_range", "datapath_key_wanted",
      "datapath_key_held")]
  bound [/name, /uuid, /number].

# Every switch needs a key.
datapath_key_owner(/datapath, Ls) :- nb.Logical_Switch(Ls).

# Keys have 24 bits. The lowest free one is given out, so that the upper end, which ovn-sb(5)
# keeps for other uses, is only reached by those who ask for it.
datapath_key_range(/datapath, 1, 16777215) :- tunnel_mode(/geneve).

# With VXLAN only 12 bits are left for the datapath.
datapath_key_range(/datapath, 1, 4095) :- tunnel_mode(/vxlan).

# A user may choose the key; 0 means no choice.
switch_key_request(Ls, Key) :-
  nb.Logical_Switch.other_config(Ls, "requested-tnl-key", Text),
  :option_number(Text, Key),
  Key != 0.

# Whether it can be had is the allocator's business.
datapath_key_wanted(/datapath, Ls, Key) :- switch_key_request(Ls, Key).

# What the Southbound has is kept, also after a request is taken back or northd starts anew.
# woven:feedback the database is the memory of the allocator
datapath_key_held(/datapath, Ls, Key) :-
  sb_datapath_switch(Sb, Ls),
  sb.Datapath_Binding.tunnel_key(Sb, Key).

# All else rests on a switch having its key: without one it cannot be named in a tunnel.
switch(Ls) :- datapath_key(/datapath, Ls, _).

# A request that another switch has won, or that no tunnel can carry, is not fatal: the switch
# gets another key.
problem("Logical_Switch", Ls, "other_config:requested-tnl-key", Why) :-
  switch_key_request(Ls, Key),
  !datapath_key(/datapath, Ls, Key),
  Why = fn:fmt("tunnel key %d is out of range or taken by another datapath", Key).

# With all keys given out, the switch cannot exist.
problem("Logical_Switch", Ls, "name", "no tunnel key is left for it") :-
  nb.Logical_Switch(Ls),
  !switch(Ls).

Decl sb_datapath_switch(Dp, Ls)
  descr [
    doc("The Southbound row Dp of Datapath_Binding stands for the switch Ls of the Northbound.")]
  bound [/uuid, /uuid].

# The row names its switch by uuid. The text is read before the switch is looked for, so that a new
# switch does not have every row read again.
# woven:feedback which row is whose does not change with what is written into it
sb_datapath_owner(Dp, Owner) :-
  sb.Datapath_Binding.external_ids(Dp, "logical-switch", Text),
  :uuid(Text, Owner).

# Rows of what is no switch of ours, or not any more, are somebody else's.
sb_datapath_switch(Dp, Ls) :- sb_datapath_owner(Dp, Ls), nb.Logical_Switch(Ls).

Decl switch_passes_vlan(Ls)
  descr [doc("VLAN-tagged frames may enter the switch Ls and keep their tags.")]
  bound [/uuid].

# Off unless the word is true, in any case.
switch_passes_vlan(Ls) :-
  switch(Ls),
  nb.Logical_Switch.other_config(Ls, "vlan-passthru", Text),
  fn:string:lower(Text) = "true".

# What all switches have in common belongs to this set.
switch_set(/every_switch, Ls) :- switch(Ls).
