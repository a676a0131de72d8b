# How rules steer the connections to databases: which servers, and which rows they are asked for.
#
# ovn-controller(8) learns where the Southbound is from the local Open_vSwitch database, and asks
# only for what concerns its hypervisor. Fills no stage.

Decl remote(Database, Remotes)
  descr [
    doc("The database whose relations begin with Database is at Remotes, as the connection methods",
      "of ovsdb(7) with commas. Without a row it is where the daemon's command line says, or not",
      "connected to at all."),
    output()]
  bound [/string, /string].

Decl probe(Database, Interval)
  descr [
    doc("The server of Database is asked for a sign of life when it has been silent for Interval",
      "ms; 0 turns that off."),
    output()]
  bound [/string, /number].

Decl monitor(Database, Table, Column, Function, Value)
  descr [
    doc("The rows of Table are wanted whose Column compares with Value as Function says (\"==\",",
      "\"!=\", \"includes\" or \"excludes\"; for a map \"key=value\"). Several rows of one table are",
      "alternatives. Function \"true\" with two empty texts wants all rows. A table that is",
      "declared conditional in table.<database>.<table> and has no row here is wanted not at all."),
    output()]
  bound [/string, /string, /string, /string, /string].

Decl monitored(Database, Table, Column, Function, Value)
  descr [
    doc("The server has taken this condition in, and the rows that it selects are there."),
    extensional()]
  bound [/string, /string, /string, /string, /string].
