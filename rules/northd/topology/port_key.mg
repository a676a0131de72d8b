# Tunnel keys of ports: the number by which packets in tunnels say which port of their datapath
# they are for. Each datapath has its own numbers.
#
# ovn-architecture(7), "Tunnel Encapsulations"; ovn-nb(5), Logical_Switch_Port,
# options:requested-tnl-key. Fills no stage.

Decl port_key(Dp, Port, Key)
  descr [
    doc("Port has the tunnel key Key in the datapath Dp."),
    allocator("port_key_owner", "port_key_range", "port_key_wanted", "port_key_held",
      "after_max")]
  bound [/uuid, /uuid, /number].

# Every port of a switch needs a key there.
port_key_owner(Ls, Lsp) :- port_claim(Lsp, Ls).

# The port comes first here, because one is looked for more often than all of a switch.
port_claim(Lsp, Ls) :-
  nb.Logical_Switch.ports(Ls, Lsp),
  switch(Ls),
  !port_is_on_another(Lsp, Ls).

# The schema lets two switches name one port. The switch with the least uuid keeps it, because a
# port has one binding.
port_is_on_another(Lsp, Ls) :-
  nb.Logical_Switch.ports(Ls, Lsp),
  nb.Logical_Switch.ports(Other, Lsp),
  fn:lt(Other, Ls) = /true .

# The other switch is told.
problem("Logical_Switch", Ls, "ports", Why) :-
  port_is_on_another(Lsp, Ls),
  nb.Logical_Switch_Port.name(Lsp, Name),
  Why = fn:fmt("port %s is on another switch too, which keeps it", Name).

# Keys have 15 bits; from 32768 on they are those of multicast groups.
port_key_range(Ls, 1, 32767) :- switch(Ls), tunnel_mode(/geneve).

# VXLAN leaves 12 bits for both.
port_key_range(Ls, 1, 2047) :- switch(Ls), tunnel_mode(/vxlan).

# A user may choose the key; 0 means no choice.
port_key_request(Lsp, Key) :-
  nb.Logical_Switch_Port.options(Lsp, "requested-tnl-key", Text),
  :option_number(Text, Key),
  Key != 0.

# The number is meant for the switch that the port is on.
port_key_wanted(Ls, Lsp, Key) :- port_key_request(Lsp, Key), port_claim(Lsp, Ls).

# What the Southbound has is kept, unless the port was moved or renamed: that is another port.
# woven:feedback the database is the memory of the allocator
port_key_held(Ls, Lsp, Key) :-
  sb_port(Pb, Lsp, Ls),
  sb.Port_Binding.tunnel_key(Pb, Key).

# A request that another port has won, or that does not fit, is not fatal: the port gets
# another key.
problem("Logical_Switch_Port", Lsp, "options:requested-tnl-key", Why) :-
  port_key_wanted(Ls, Lsp, Key),
  !port_key(Ls, Lsp, Key),
  Why = fn:fmt("tunnel key %d is out of range or taken by another port", Key).

# With all keys of its switch given out, the port cannot exist.
problem("Logical_Switch_Port", Lsp, "name", "no tunnel key is left for it on its switch") :-
  port_key_owner(Ls, Lsp),
  !port_key(Ls, Lsp, _).

Decl sb_port(Pb, Lsp, Ls)
  descr [doc("The Southbound row Pb of Port_Binding stands for the port Lsp of the switch Ls.")]
  bound [/uuid, /uuid, /uuid].

# The row has the port's name and lies in the datapath of its switch.
# woven:feedback which row is whose does not change with what is written into it
sb_port(Pb, Lsp, Ls) :-
  sb.Port_Binding.logical_port(Pb, Name),
  nb.Logical_Switch_Port.name(Lsp, Name),
  sb.Port_Binding.datapath(Pb, Dp),
  port_claim(Lsp, Ls),
  sb_datapath_switch(Dp, Ls).
