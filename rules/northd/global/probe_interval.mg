# How often northd asks a database that is silent for a sign of life.
#
# ovn-nb(5), NB_Global, options:northd_probe_interval. Fills no stage.

Decl probe_interval(Interval)
  descr [
    doc("A user wants both databases to be probed when they have been silent for Interval ms; 0",
      "turns probing off. Without a row it depends on how a database is reached."),
    output()]
  bound [/number].

# What is no number asks for nothing.
probe_interval(Interval) :-
  stored_option("northd_probe_interval", Text),
  :option_number(Text, Interval).
