# The numbers of conjunctive matches. Each logical flow has one in each datapath for every part of
# its match that needs it.
#
# ovs-fields(7), "Conjunctive Match Fields". Fills no table.

Decl conjunction(Lf, Dp, Part, Number)
  descr [
    doc("In the datapath Dp the match of the logical flow Lf has, as its part Part, a conjunctive",
      "match with the id Number."),
    output()]
  bound [/uuid, /uuid, /number, /number].

# The number is there as soon as the allocator has given one.
conjunction(Lf, Dp, Part, Number) :-
  conjunctive(Lf, Dp, Part, Owner),
  conjunction_id("conjunctions", Owner, Number).

# A part is known by its flow, its datapath and its place in the match.
conjunctive(Lf, Dp, Part, fn:uuid(Lf, Dp, Part)) :-
  lflow_translation(Lf, Dp, _, _, _, Match, Prerequisite, Values, _),
  expansion(Match, Prerequisite, Values, Part, 0, _, _, _, _),
  Part != 0.

Decl conjunction_id(Pool, Owner, Number)
  descr [
    doc("Number stands for the conjunctive match Owner, which is made of the logical flow, the",
      "datapath and the part of the match."),
    allocator("conjunction_owner", "conjunction_range", "conjunction_wanted", "conjunction_held")]
  bound [/string, /uuid, /number].

# Every part needs a number for as long as it is there.
conjunction_owner("conjunctions", Owner) :- conjunctive(_, _, _, Owner).

conjunction_range("conjunctions", 1, 4294967295).

# The number depends on whose it is, so that it is the same after a restart. Should two want the
# same, one of them gets another.
conjunction_wanted("conjunctions", Owner, fn:plus(1, fn:uuid:first32(Owner))) :-
  conjunctive(_, _, _, Owner).

Decl conjunction_held(Pool, Owner, Number)
  descr [doc("Nobody remembers the numbers.")]
  bound [/string, /uuid, /number].
