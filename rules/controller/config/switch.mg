# How the integration bridge is reached as an OpenFlow switch.
#
# ovn-controller(8), external_ids:ovn-openflow-probe-interval and ovn-ofctrl-wait-before-clear.
# Fills no table.

# Open vSwitch listens for controllers at a socket of the bridge's name.
switch_remote(fn:fmt("unix:%s/%s.mgmt", Folder, Name)) :-
  integration_bridge(_),
  integration_bridge_name(Name),
  given("rundir", Folder).

switch_option("ovn-openflow-probe-interval").
switch_option("ovn-ofctrl-wait-before-clear").

# Both are lengths of time.
switch_option_number(Key, Number) :-
  switch_option(Key),
  config(Key, Text),
  :option_number(Text, Number).

# A switch that is silent for so many seconds is asked for a sign of life; less than five would be
# noise. By default it is not asked: it is on the same host.
probe("openflow", fn:mult(1000, fn:number:max(Seconds, 5))) :-
  switch_option_number("ovn-openflow-probe-interval", Seconds),
  Seconds > 0.
probe("openflow", 0) :- switch_option_number("ovn-openflow-probe-interval", 0).

# Flows that are there when the daemon begins stay for so many milliseconds.
wait_before_clear(Ms) :-
  switch_option_number("ovn-ofctrl-wait-before-clear", Ms),
  Ms > 0.

# What cannot be used asks for nothing.
config_problem(Key, Why) :-
  switch_option(Key),
  config(Key, Text),
  :option_number_error(Text, Why).
config_problem(Key, "a length of time is not negative") :-
  switch_option_number(Key, Number),
  Number < 0.
