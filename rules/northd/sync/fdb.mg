# FDB: addresses that hypervisors have learnt (switch/fdb.mg). Those that point to a switch or port
# which is gone are deleted, because its key may be given to another one.
#
# ovn-sb(5), table FDB. Fills no stage.

Decl table.sb.FDB()
  descr [doc("Hypervisors insert the rows; northd only drops some."), foreign("leave"), output()].

# No datapath has the key any more.
drop.sb.FDB(Row) :-
  sb.FDB.dp_key(Row, Key),
  !datapath_key(_, _, Key).

# The datapath is there, the port is not.
drop.sb.FDB(Row) :-
  sb.FDB.dp_key(Row, Key),
  datapath_key(_, Dp, Key),
  sb.FDB.port_key(Row, PortKey),
  !port_key(Dp, _, PortKey).
