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
meter_owner("meters", Name) :- own_meter(Name, _).
own_meter(fn:fmt("__string: uuid %s %s", fn:text(Lf), Text), Text) :-
  lflow_action_need(Lf, _, "rate_limit", Text).
meter(Id, Text) :- own_meter(Name, Text), meter_id("meters", Name, Id).
meter_in_use(Name) :- lflow_action_need(_, _, "meter", Name).
meter_in_use(Name) :-
  lflow_action_need(Lf, _, "controller_meter", _),
  sb.Logical_Flow.controller_meter(Lf, Name).

meter_range("meters", 1, 4294901760).

Decl meter_wanted(Pool, Name, Id)
  descr [doc("Nobody wants a particular number.")]
  bound [/string, /string, /number].

Decl meter_held(Pool, Name, Id)
  descr [doc("Nobody remembers the numbers.")]
  bound [/string, /string, /number].

meter_flags(Name, Unit) :-
  sb.Meter.name(Meter, Name),
  sb.Meter.unit(Meter, Unit).

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
  |> do fn:group_by(Name), let Bands = fn:join(Band, " ").
meter_has_burst(Name) :-
  meter_row_band(Name, Band),
  sb.Meter_Band.burst_size(Band, Burst),
  Burst != 0.

meter(Id, fn:fmt("%s burst stats bands=%s", Unit, Bands)) :-
  meter_id("meters", Name, Id),
  meter_flags(Name, Unit),
  meter_bands(Name, Bands),
  meter_has_burst(Name).
meter(Id, fn:fmt("%s stats bands=%s", Unit, Bands)) :-
  meter_id("meters", Name, Id),
  meter_flags(Name, Unit),
  meter_bands(Name, Bands),
  !meter_has_burst(Name).
