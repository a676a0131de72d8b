# The index of our controller among those on this host. It is a part of the names of tunnels, so
# that two controllers that share an Open vSwitch do not name two ports alike.
#
# ovn-controller(8), "Open vSwitch Database Usage", does not name it: Open_vSwitch,
# other_config:ovn-chassis-idx-<chassis>. Fills that entry.

Decl chassis_index(Index)
  descr [
    doc("Index, a digit or letter, or nothing for the first controller of a host, is ours."),
    singleton()]
  bound [/string].

# The first gets none, the next ones 0 to 9, then a to z.
chassis_index_choice(0, "").
chassis_index_choice(fn:plus(N, 1), fn:string:substring(Letters, N, fn:plus(N, 1))) :-
  Letters = "0123456789abcdefghijklmnopqrstuvwxyz",
  :range(0, 35, N).

# Each controller has an entry of its own.
chassis_index_key(fn:fmt("ovn-chassis-idx-%s", Name)) :- chassis_name(Name).

# What is written down counts, also if others have come and gone since.
# woven:feedback what we have chosen is remembered there
chassis_index_written(Key, Index) :-
  ovs.Open_vSwitch.other_config(_, Key, Index),
  fn:string:starts_with(Key, "ovn-chassis-idx-") = /true .

# The other entries are those of others.
chassis_index_of_other(Key, Index) :- chassis_index_written(Key, Index), !chassis_index_key(Key).

# If two have chosen at the same time, the one whose key sorts first keeps the index.
chassis_index_is_lost() :-
  chassis_index_key(Key),
  chassis_index_written(Key, Index),
  chassis_index_of_other(Other, Index),
  fn:string:lt(Other, Key) = /true .

# Otherwise tunnels would be renamed for nothing.
chassis_index_is_kept(Index) :-
  chassis_index_key(Key),
  chassis_index_written(Key, Index),
  !chassis_index_is_lost().

# A new one is the first that is left.
chassis_index_first(Least) :-
  chassis_index_choice(N, Index),
  !chassis_index_of_other(_, Index)
  |> do fn:group_by(), let Least = fn:min(N).

# What is kept wins.
chassis_index(Index) :- chassis_index_is_kept(Index).
chassis_index(Index) :-
  chassis_index_first(N),
  chassis_index_choice(N, Index),
  chassis_index_key(_),
  !chassis_index_is_kept(_).

want.ovs.Open_vSwitch.other_config(Row, Key, Index) :-
  open_vswitch(Row),
  chassis_index_key(Key),
  chassis_index(Index),
  !leaving().

Decl drop.ovs.Open_vSwitch.other_config(Row, Key)
  descr [doc("The entry Key of other_config should go."), output(), plain()]
  bound [/uuid, /string].

# Whoever leaves makes room.
drop.ovs.Open_vSwitch.other_config(Row, Key) :-
  open_vswitch(Row),
  chassis_index_key(Key),
  leaving().

# Without an index tunnels have no names.
problem("Open_vSwitch", Row, "other_config", "too many controllers run here: no index is left") :-
  open_vswitch(Row),
  chassis_index_key(_),
  !chassis_index(_).
