# What the rules and the session that runs them say to each other: acknowledgements, chance and
# trouble. The session answers in the next batch; no rule waits.
#
# Fills no stage.

Decl ask(Sink, Key, Value)
  descr [
    doc("The session is to say when the sink (a database such as \"sb\", \"openflow\" for the switch,",
      "or \"batch\" for at once) has stored everything that was derived up to the batch in which",
      "this appeared."),
    output()]
  bound [/string, /string, /number].

Decl acked(Sink, Key, Value, Time)
  descr [
    doc("The sink has stored everything up to the latest ask of that Key with that Value; Time",
      "is in ms since the epoch. It stands until a newer one of that Key takes its place, or",
      "nobody asks for that Key any more."),
    extensional()]
  bound [/string, /string, /number, /number].

Decl draw(Key)
  descr [doc("A random number is needed for Key."), output()]
  bound [/string].

Decl drawn(Key, Number)
  descr [doc("The random number for Key, from 0 to 2^62."), extensional()]
  bound [/string, /number].

Decl problem(Table, Row, Column, Reason)
  descr [
    doc("What stands in that column cannot be used. It is logged once and listed by status; all",
      "else goes on."),
    output()]
  bound [/string, /uuid, /string, /string].
