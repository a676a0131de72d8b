# Where the Southbound is, and how often it is asked for a sign of life.
#
# ovn-controller(8), external_ids:ovn-remote and ovn-remote-probe-interval. Fills no table.

# Without it there is no Southbound yet, and the rest is prepared.
remote("sb", Remotes) :- config("ovn-remote", Remotes), Remotes != "".

# Less than a second would be noise.
probe("sb", fn:number:max(Interval, 1000)) :- remote_probe(Interval), Interval > 0.
probe("sb", 0) :- remote_probe(0).

# The interval is in ms.
remote_probe(Interval) :-
  config("ovn-remote-probe-interval", Text),
  :option_number(Text, Interval).

# What cannot be used asks for nothing: the default holds.
config_problem("ovn-remote-probe-interval", Why) :-
  config("ovn-remote-probe-interval", Text),
  :option_number_error(Text, Why).
config_problem("ovn-remote-probe-interval", "a number of milliseconds is not negative") :-
  remote_probe(Interval),
  Interval < 0.
