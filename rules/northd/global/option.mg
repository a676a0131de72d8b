# Options of the whole network: yes-or-no options with their defaults, and the options that
# northd itself sets.
#
# ovn-nb(5), table NB_Global, column options. Fills no stage.

Decl global_flag(Key, Value)
  descr [doc("The option Key of NB_Global, or else its default, is Value.")]
  bound [/string, /bool].

Decl stored_option(Key, Value)
  descr [
    doc("NB_Global has the option Key with this Value, given by the user or by northd."),
    feedback("what northd has drawn is remembered there, and read back as it was written")]
  bound [/string, /string].

Decl global_option(Key, Value)
  descr [doc("northd gives the option Key this Value, in NB_Global and in SB_Global.")]
  bound [/string, /string].

Decl svc_monitor_mac(Mac)
  descr [doc("Health checks of load balancers come from this Ethernet address.")]
  bound [/mac].

# Invalid connections are told apart from others unless the hardware cannot (ct.inv).
global_flag_default("use_ct_inv_match", /true).
# What no ACL of a switch matches is allowed.
global_flag_default("default_acl_drop", /false).
# The switch answers ARP for a port also while the port is down.
global_flag_default("ignore_lsp_down", /true).

# There is one row of NB_Global.
stored_option(Key, Value) :- nb.NB_Global.options(_, Key, Value).

# The reference reads an option as its default unless the text is the other word, in any case.
global_flag_is_flipped(Key) :-
  global_flag_default(Key, /true),
  stored_option(Key, Text),
  fn:string:lower(Text) = "false".
global_flag_is_flipped(Key) :-
  global_flag_default(Key, /false),
  stored_option(Key, Text),
  fn:string:lower(Text) = "true".

# So a flag always has one value, also before NB_Global exists.
global_flag(Key, Default) :- global_flag_default(Key, Default), !global_flag_is_flipped(Key).
global_flag(Key, fn:not(Default)) :-
  global_flag_default(Key, Default),
  global_flag_is_flipped(Key).

# How many datapaths there can be, told to those who allocate keys across several networks.
global_option("max_tunid", "16711680") :- tunnel_mode(/geneve).
global_option("max_tunid", "4095") :- tunnel_mode(/vxlan).

# ovn-controller compares it with its own when options:ovn-match-northd-version is set.
global_option("northd_internal_version", "23.03.1-20.27.0-70.6").

# Options that have a random value unless the user chose one that can be used.
random_option("svc_monitor_mac").
random_option("mac_prefix").

# A prefix that the user chose is kept, in the usual spelling.
configured_option("mac_prefix", Prefix) :-
  stored_option("mac_prefix", Text),
  :mac_prefix(Text, Prefix).

# An address that the user chose is kept as it is spelt.
configured_option("svc_monitor_mac", Text) :-
  stored_option("svc_monitor_mac", Text),
  :mac(Text, _).

# A random number is asked for only while nothing usable is in the database, where our own choice
# is remembered.
draw(Key) :- random_option(Key), !configured_option(Key, _).

# What the user chose is written back, in case it has to be spelt in another way.
global_option(Key, Value) :- configured_option(Key, Value).

# Group bit clear and local bit set: an address that no vendor has given out.
drawn_mac(Key, fn:mac:from_number(fn:bit:or(fn:bit:and(Number, 278176441827327), 2199023255552))) :-
  draw(Key),
  drawn(Key, Number).

# The address that was drawn is used as it is.
global_option("svc_monitor_mac", fn:text(Mac)) :- drawn_mac("svc_monitor_mac", Mac).

# The prefix is the first three bytes of an address.
global_option("mac_prefix", fn:string:substring(fn:text(Mac), 0, 8)) :-
  drawn_mac("mac_prefix", Mac).

# Whatever way it came about, it is read from its text.
svc_monitor_mac(Mac) :- global_option("svc_monitor_mac", Text), :mac(Text, Mac).
