# Meters: limits for packets, and for those that are sent to ovn-controller.
#
# ovn-sb(5), Meter and Meter_Band. Fills no table.

Decl meter_id(Pool, Name, Id)
  descr [
    doc("The OpenFlow meter Id is the Southbound meter Name."),
    allocator("meter_owner", "meter_range", "meter_wanted", "meter_held")]
  bound [/string, /string, /number].

# A meter is there if some flow uses it. A limit that a flow sets itself is a meter of its own.
meter_owner("meters", Name) :- meter_in_use(Name), meter_flags(Name, _).
meter_owner("meters", Name) :- own_meter(Name, _, _, _).
meter_in_use(Name) :- lflow_action_need(_, _, "meter", Name).
meter_in_use(Name) :- controller_meter(Name, _, _).
meter(Id, Text) :- own_meter(Name, Text, _, _), meter_id("meters", Name, Id).

Decl controller_meter(Name, Lf, Dp)
  descr [
    doc("What the logical flow Lf sends from the datapath Dp to ovn-controller is limited by the",
      "meter Name.")]
  bound [/string, /uuid, /uuid].

# Only flows that send packets to ovn-controller have this meter.
controller_meter(Name, Lf, Dp) :-
  lflow_action_need(Lf, Dp, "controller_meter", _),
  sb.Logical_Flow.controller_meter(Lf, Name).

Decl own_meter(Name, Text, Lf, Dp)
  descr [doc("The logical flow Lf has a limit of its own in Dp: the meter Name, which does Text.")]
  bound [/string, /string, /uuid, /uuid].

# The name is made of the flow, so that two flows never share a limit.
own_meter(fn:fmt("__string: uuid %s %s", fn:text(Lf), Text), Text, Lf, Dp) :-
  lflow_action_need(Lf, Dp, "rate_limit", Text).

meter_range("meters", 1, 4294901760).

Decl meter_wanted(Pool, Name, Id)
  descr [doc("Nobody wants a particular number.")]
  bound [/string, /string, /number].

Decl meter_held(Pool, Name, Id)
  descr [doc("Nobody remembers the numbers.")]
  bound [/string, /string, /number].

# The unit is the first of a meter's flags.
meter_flags(Name, Unit) :-
  sb.Meter.name(Meter, Name),
  sb.Meter.unit(Meter, Unit).

# A band is spelled as the switch spells it.
meter_band(Name, fn:fmt("type=%s rate=%d", Action, Rate)) :-
  meter_row_band(Name, Band),
  sb.Meter_Band.action(Band, Action),
  sb.Meter_Band.rate(Band, Rate),
  sb.Meter_Band.burst_size(Band, 0).
meter_band(Name, fn:fmt("type=%s rate=%d burst_size=%d", Action, Rate, Burst)) :-
  meter_row_band(Name, Band),
  sb.Meter_Band.action(Band, Action),
  sb.Meter_Band.rate(Band, Rate),
  sb.Meter_Band.burst_size(Band, Burst),
  Burst != 0.
meter_row_band(Name, Band) :-
  meter_in_use(Name),
  sb.Meter.name(Meter, Name),
  sb.Meter.bands(Meter, Band).
meter_bands(Name, Bands) :-
  meter_band(Name, Band)
  |> do fn:group_by(Name), let Bands = fn:join(Band, "\n").
meter_has_burst(Name) :-
  meter_row_band(Name, Band),
  sb.Meter_Band.burst_size(Band, Burst),
  Burst != 0.

# A meter is installed once it has a number.
meter(Id, fn:fmt("%s burst stats bands=\n%s", Unit, Bands)) :-
  meter_id("meters", Name, Id),
  meter_flags(Name, Unit),
  meter_bands(Name, Bands),
  meter_has_burst(Name).
meter(Id, fn:fmt("%s stats bands=\n%s", Unit, Bands)) :-
  meter_id("meters", Name, Id),
  meter_flags(Name, Unit),
  meter_bands(Name, Bands),
  !meter_has_burst(Name).
