# Learning of Ethernet addresses: a switch remembers who sends from a port with unknown
# addresses.
#
# ovn-northd(8), "Ingress Table 2: MAC Learning lookup" and "Ingress Table 3: MAC Learning of
# 'unknown' ports". Fills ls_in_lookup_fdb and ls_in_put_fdb. What was learnt is read in
# l2_lookup.mg; sync/fdb.mg forgets what points nowhere.

switch_flow(/every_switch, /ls_in_lookup_fdb, 0, "1", "next;").
switch_flow(/every_switch, /ls_in_put_fdb, 0, "1", "next;").

# With port security the addresses are known after all, and nothing has to be learnt.
port_learns(Lsp) :-
  port_is_unknown(Lsp),
  nb.Logical_Switch_Port.type(Lsp, ""),
  !port_has_security(Lsp).

# Behind a localnet port lies a physical network with any number of addresses; learning them has
# to be asked for.
port_learns(Lsp) :-
  port_is_unknown(Lsp),
  nb.Logical_Switch_Port.type(Lsp, "localnet"),
  nb.Logical_Switch_Port.options(Lsp, "localnet_learn_fdb", Text),
  fn:string:lower(Text) = "true",
  !port_has_security(Lsp).

# Bit 11 of reg0 says that the sender is already known at this port.
lflow(Ls, /ls_in_lookup_fdb, 100, Match, "reg0[11] = lookup_fdb(inport, eth.src); next;", "",
    Name, Lsp) :-
  port_learns(Lsp),
  port_on(Lsp, Ls),
  nb.Logical_Switch_Port.name(Lsp, Name),
  Match = fn:fmt("inport == %q", Name).

# Only a new sender, or one that has moved here, is worth a message to the Southbound.
lflow(Ls, /ls_in_put_fdb, 100, Match, "put_fdb(inport, eth.src); next;", "", Name, Lsp) :-
  port_learns(Lsp),
  port_on(Lsp, Ls),
  nb.Logical_Switch_Port.name(Lsp, Name),
  Match = fn:fmt("inport == %q && reg0[11] == 0", Name).
