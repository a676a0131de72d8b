# The flows, groups and meters of the integration bridge: the relations that all features of the
# controller write to, and which of several flows for the same packets is installed.
#
# ovn-architecture(7), "Architectural Physical Life Cycle of a Packet"; ovs-ofctl(8), "Flow Syntax".
# All texts are spelled as ovs-ofctl dump-flows --no-stats --no-names spells them.

Decl flow_candidate(Table, Priority, Match, Actions, Cookie, Rank)
  descr [
    doc("A packet in OpenFlow table Table that meets Match, an empty text if all do, should be",
      "treated with Actions unless a flow of a higher Priority matches too. Cookie is the first 32",
      "bits of the row that the flow comes from, or 0. Of several candidates for one table, priority",
      "and match the one with the least Rank is installed: 0 lets packets on, 1 drops them, 2 is one",
      "dimension of a conjunctive match.")]
  bound [/number, /number, /string, /string, /number, /number].

Decl flow(Table, Priority, Match, Actions, Cookie)
  descr [
    doc("The switch should have exactly this flow for Table, Priority and Match."),
    output()]
  bound [/number, /number, /string, /string, /number].

Decl group(Id, Text)
  descr [
    doc("The switch should have the group Id, with its type, method and buckets as in Text."),
    output()]
  bound [/number, /string].

Decl group_held(Text, Id)
  descr [
    doc("The switch had such a group when it was connected to."),
    extensional()]
  bound [/string, /number].

Decl meter(Id, Text)
  descr [
    doc("The switch should have the meter Id, with its flags and bands as in Text."),
    output()]
  bound [/number, /string].

Decl tunnel_option(Class, Type, Length)
  descr [
    doc("The Geneve option of that class and type, with Length bytes of data, has to be a field of",
      "packets (tun_metadata)."),
    output()]
  bound [/number, /number, /number].

Decl tunnel_field(Class, Type, Length, Index)
  descr [
    doc("The switch has the Geneve option as the field tun_metadata<Index>."),
    extensional()]
  bound [/number, /number, /number, /number].

Decl ct_flush(Zone, User)
  descr [
    doc("The conntrack zone has a new User: all connections that it holds are to be forgotten, once,",
      "before anything that was derived later is acknowledged."),
    output()]
  bound [/number, /string].

Decl switch_remote(Remote)
  descr [
    doc("Where the integration bridge listens for controllers: unix:PATH or tcp:IP:PORT."),
    output()]
  bound [/string].

Decl switch_ready()
  descr [
    doc("Everything that flows are made of is known, so that the switch's flows may be replaced."),
    output()]
  bound [].

Decl learned_table(Table)
  descr [
    doc("Flows in the OpenFlow table Table may come from learn actions of other flows. Those that",
      "nobody here wants are left alone when the switch is connected to."),
    output()]
  bound [/number].

Decl wait_before_clear(Ms)
  descr [
    doc("The switch's flows are left as they are for Ms milliseconds after switch_ready holds for the",
      "first time."),
    output()]
  bound [/number].

# Most flows have no rival.
flow(Table, Priority, Match, Actions, Cookie) :-
  flow_candidate(Table, Priority, Match, Actions, Cookie, _),
  !flow_contested(Table, Priority, Match).

# Rivals differ in what they do, in whose they are, or in rank.
flow_contested(Table, Priority, Match) :-
  flow_candidate(Table, Priority, Match, Actions, _, _),
  flow_candidate(Table, Priority, Match, Other, _, _),
  Actions != Other.
flow_contested(Table, Priority, Match) :-
  flow_candidate(Table, Priority, Match, _, Cookie, _),
  flow_candidate(Table, Priority, Match, _, Other, _),
  Cookie != Other.
flow_contested(Table, Priority, Match) :-
  flow_candidate(Table, Priority, Match, _, _, Rank),
  flow_candidate(Table, Priority, Match, _, _, Other),
  Rank != Other.

# Rank decides first, then the least logical flow, then the text, so that the choice does not
# depend on the past.
flow_order(Table, Priority, Match, Actions, Cookie, fn:plus(fn:mult(Rank, 4294967296), Cookie)) :-
  flow_contested(Table, Priority, Match),
  flow_candidate(Table, Priority, Match, Actions, Cookie, Rank).
flow_first(Table, Priority, Match, First) :-
  flow_order(Table, Priority, Match, _, _, Order)
  |> do fn:group_by(Table, Priority, Match), let First = fn:min(Order).
flow(Table, Priority, Match, Actions, Cookie) :-
  flow_first(Table, Priority, Match, Order),
  flow_order(Table, Priority, Match, Text, Cookie, Order)
  |> do fn:group_by(Table, Priority, Match, Cookie), let Actions = fn:min(Text).

Decl conjunction_clause(Table, Priority, Match, Conjunction, Clause, Clauses)
  descr [
    doc("A packet in Table that meets Match meets the dimension Clause, from 1, of the conjunctive",
      "match with the id Conjunction, which has Clauses dimensions (ovs-fields(7), \"Conjunctive",
      "Match Fields\").")]
  bound [/number, /number, /string, /number, /number, /number].

# Several conjunctive matches may have a dimension in common; one flow then serves them all. It
# comes from no one logical flow.
flow_candidate(Table, Priority, Match, Actions, 0, 2) :-
  conjunction_clause(Table, Priority, Match, Conjunction, Clause, Clauses),
  Part = fn:fmt("conjunction(%d,%d/%d)", Conjunction, Clause, Clauses)
  |> do fn:group_by(Table, Priority, Match), let Actions = fn:join(Part, ",").
