# How this hypervisor is configured: the keys ovn-* of the local Open_vSwitch row, with their
# defaults. A key that ends in the name of a chassis is for the controller of that name alone, so
# that several can run on one host.
#
# ovn-controller(8), "Configuration". Fills no table.

Decl open_vswitch(Row)
  descr [doc("Row is the one row of Open_vSwitch."), singleton()]
  bound [/uuid].

Decl config(Key, Value)
  descr [
    doc("The option Key has this Value: that for our chassis, or else that for all, or else the",
      "default. A key without any of them has no row.")]
  bound [/string, /string].

Decl config_flag(Key, Value)
  descr [doc("The yes-or-no option Key is Value; neither before there is an Open_vSwitch row.")]
  bound [/string, /bool].

Decl config_problem(Key, Why)
  descr [doc("What the user has given for the option Key cannot be used.")]
  bound [/string, /string].

Decl config_place(Key, Row, Column)
  descr [
    doc("Where the user has given the option Key that counts: in that Column of Row of",
      "Open_vSwitch.")]
  bound [/string, /uuid, /string].

# There is one row.
open_vswitch(Row) :- ovs.Open_vSwitch(Row).

# Which keys are read, each for all or for one chassis.
config_key("hostname").
config_key("ovn-bridge").
config_key("ovn-bridge-datapath-type").
config_key("ovn-bridge-mappings").
config_key("ovn-chassis-mac-mappings").
config_key("ovn-cms-options").
config_key("ovn-enable-lflow-cache").
config_key("ovn-encap-csum").
config_key("ovn-encap-df_default").
config_key("ovn-encap-ip").
config_key("ovn-encap-tos").
config_key("ovn-encap-type").
config_key("ovn-is-interconn").
config_key("ovn-limit-lflow-cache").
config_key("ovn-memlimit-lflow-cache-kb").
config_key("ovn-monitor-all").
config_key("ovn-openflow-probe-interval").
config_key("ovn-remote").
config_key("ovn-remote-probe-interval").
config_key("ovn-set-local-ip").
config_key("ovn-transport-zones").
config_key("ovn-trim-limit-lflow-cache").
config_key("ovn-trim-timeout-ms").
config_key("ovn-trim-wmark-perc-lflow-cache").

# Those that nobody has to give.
config_default("ovn-bridge", "br-int").
config_default("ovn-enable-lflow-cache", "true").
config_default("ovn-encap-csum", "true").
config_default("ovn-encap-tos", "none").
config_default("ovn-is-interconn", "false").
config_default("ovn-monitor-all", "false").
config_default("ovn-openflow-probe-interval", "0").
config_default("ovn-set-local-ip", "false").

config_key_of_host("ovn-ofctrl-wait-before-clear").

# This one counts for all controllers of a host.
config(Key, Value) :- config_key_of_host(Key), ovs.Open_vSwitch.external_ids(_, Key, Value).
config_place(Key, Row, fn:fmt("external_ids:%s", Key)) :-
  config_key_of_host(Key),
  ovs.Open_vSwitch.external_ids(Row, Key, _).

# What is given for our chassis.
config_of_chassis(Key, Row, Full, Value) :-
  chassis_name(Name),
  config_key(Key),
  Full = fn:fmt("%s-%s", Key, Name),
  ovs.Open_vSwitch.external_ids(Row, Full, Value).

# It wins.
config(Key, Value) :- config_of_chassis(Key, _, _, Value).
config_place(Key, Row, fn:fmt("external_ids:%s", Full)) :- config_of_chassis(Key, Row, Full, _).

# What is given for all that run here.
config_of_all(Key, Row, Value) :-
  config_key(Key),
  ovs.Open_vSwitch.external_ids(Row, Key, Value),
  !config_of_chassis(Key, _, _, _).

# Without anything better it counts.
config(Key, Value) :- config_of_all(Key, _, Value).
config_place(Key, Row, fn:fmt("external_ids:%s", Key)) :- config_of_all(Key, Row, _).

# Nothing is known before the row is.
config(Key, Default) :-
  open_vswitch(_),
  config_default(Key, Default),
  !config_place(Key, _, _).

# Those that are read as yes or no; all are no by default.
config_flag_key("ovn-is-interconn").
config_flag_key("ovn-monitor-all").
config_flag_key("ovn-set-local-ip").

# Yes is the word true, in any case.
config_flag(Key, Value) :-
  config_flag_key(Key),
  config(Key, Text),
  Value = fn:eq(fn:string:lower(Text), "true").

# Any other word than these two is a mistake.
config_problem(Key, Why) :-
  config_flag_key(Key),
  config(Key, Text),
  fn:string:lower(Text) != "true",
  fn:string:lower(Text) != "false",
  Why = fn:fmt("%q is neither true nor false, and taken as false", Text).

# The user finds it where he has written it.
problem("Open_vSwitch", Row, Column, Why) :-
  config_problem(Key, Why),
  config_place(Key, Row, Column).
