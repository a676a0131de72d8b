# Learning Ethernet addresses: what the logical action put_fdb() is told is written for all
# hypervisors to read.
#
# ovn-architecture(7); ovn-sb(5), FDB. Fills rows of FDB.

Decl table.sb.FDB()
  descr [
    doc("The row of an address that was learnt here is ours until it is written; what others learn,",
      "and forgetting, is not."),
    key("mac", "dp_key"),
    kept("port_key"),
    foreign("leave"),
    output()].

Decl fdb_learned(DpKey, Mac, PortKey)
  descr [
    doc("A packet of the datapath with the tunnel key DpKey came from the Ethernet address Mac, in",
      "lower case, through the port with the tunnel key PortKey. It holds until fdb_written does."),
    extensional()]
  bound [/number, /string, /number].

Decl fdb_written(DpKey, Mac, PortKey)
  descr [
    doc("What was learnt is in the Southbound, and need not be remembered here any more."),
    output()]
  bound [/number, /string, /number].

# An address has one place in a datapath, so its row is changed when it moves.
fdb_row(fn:uuid("FDB", DpKey, Mac), DpKey, Mac, PortKey) :- fdb_learned(DpKey, Mac, PortKey).
want.sb.FDB(Handle) :- fdb_row(Handle, _, _, _).
want.sb.FDB.dp_key(Handle, DpKey) :- fdb_row(Handle, DpKey, _, _).
want.sb.FDB.mac(Handle, Mac) :- fdb_row(Handle, _, Mac, _).
want.sb.FDB.port_key(Handle, PortKey) :- fdb_row(Handle, _, _, PortKey).

# Whether we or somebody else has written it does not matter.
# woven:feedback what is written need not be remembered
fdb_written(DpKey, Mac, PortKey) :-
  fdb_learned(DpKey, Mac, PortKey),
  sb.FDB.mac(Row, Mac),
  sb.FDB.dp_key(Row, DpKey),
  sb.FDB.port_key(Row, PortKey).
