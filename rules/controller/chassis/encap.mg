# Encap: the tunnels through which our hypervisor can be reached, each type at each address.
#
# ovn-sb(5), table Encap; ovn-controller(8), external_ids:ovn-encap-type, ovn-encap-ip and
# ovn-encap-csum. Fills one row for each type and address, and Chassis.encaps.

Decl table.sb.Encap()
  descr [
    doc("The row of that chassis, type and address is ours; others are left alone. Those that our",
      "Chassis row does not name any more are deleted by the server."),
    key("chassis_name", "type", "ip"),
    owned_keys("options", "csum"),
    foreign("leave"),
    output()].

Decl encap(Type, Ip)
  descr [doc("We want to be reached at Ip through tunnels of Type.")]
  bound [/string, /string].

# Both are lists. What is between two commas may be missing.
encap_type_given(Type) :- config("ovn-encap-type", List), :split(List, ",", Type), Type != "".
encap_ip_given(Ip) :- config("ovn-encap-ip", List), :split(List, ",", Ip), Ip != "".

# Other texts than addresses lead nowhere.
encap_ip(Ip) :- encap_ip_given(Ip), :ip4(Ip, _).
encap_ip(Ip) :- encap_ip_given(Ip), :ip6(Ip, _).

# Every type is offered at every address.
# woven:cross a few types and addresses
encap(Type, Ip) :-
  encap_type_given(Type),
  tunnel_rank(Type, _),
  encap_ip(Ip),
  !encap_is_taken(Type, Ip, _).

# What is not offered is told, and the rest is.
config_problem("ovn-encap-type", Why) :-
  encap_type_given(Type),
  !tunnel_rank(Type, _),
  Why = fn:fmt("there is no tunnel type %q: geneve, stt and vxlan can be used", Type).
config_problem("ovn-encap-ip", Why) :-
  encap_ip_given(Ip),
  !encap_ip(Ip),
  Why = fn:fmt("%q is no IPv4 or IPv6 address", Ip).

# Without both nobody can reach us.
encap_key("ovn-encap-type").
encap_key("ovn-encap-ip").

# The user finds out where to give it.
problem("Open_vSwitch", Row, Column, "is missing: the chassis is not registered without it") :-
  open_vswitch(Row),
  encap_key(Key),
  !config(Key, _),
  Column = fn:fmt("external_ids:%s", Key).

# An address leads to one chassis. A row that our own Chassis names is ours, whatever it says.
# woven:feedback rows of other chassis are not ours
encap_is_taken(Type, Ip, Other) :-
  encap_type_given(Type),
  sb.Encap.type(Encap, Type),
  sb.Encap.ip(Encap, Ip),
  encap_ip(Ip),
  sb.Encap.chassis_name(Encap, Other),
  chassis_name(Name),
  Other != Name,
  !our_encap_row(Encap).

# Such a row goes when our Chassis does not name it any more.
# woven:feedback what the row names is replaced by what we want
our_encap_row(Encap) :- our_chassis(Row), sb.Chassis.encaps(Row, Encap).

# Whose it was may be long gone; that is not ours to judge.
config_problem("ovn-encap-ip", Why) :-
  encap_is_taken(Type, Ip, Other),
  Why = fn:fmt("%s tunnels at %s lead to the chassis %q: delete it if it is gone", Type, Ip, Other).

# A row belongs to one chassis.
encap_handle(Type, Ip, fn:uuid("Encap", Name, Type, Ip)) :- encap(Type, Ip), chassis_name(Name).

want.sb.Encap(Encap) :- our_chassis_handle(_), encap_handle(_, _, Encap).
want.sb.Encap.type(Encap, Type) :- our_chassis_handle(_), encap_handle(Type, _, Encap).
want.sb.Encap.ip(Encap, Ip) :- our_chassis_handle(_), encap_handle(_, Ip, Encap).
want.sb.Encap.chassis_name(Encap, Name) :-
  our_chassis_handle(_),
  encap_handle(_, _, Encap),
  chassis_name(Name).

# Those who send to us shall protect OVN's metadata with a checksum, or not.
# woven:cross a few rows say the same
want.sb.Encap.options(Encap, "csum", Text) :-
  our_chassis_handle(_),
  encap_handle(_, _, Encap),
  config("ovn-encap-csum", Text).

# It is passed on all the same, as ovn-controller does.
config_problem("ovn-encap-csum", Why) :-
  config("ovn-encap-csum", Text),
  Text != "true",
  Text != "false",
  Why = fn:fmt("%q is neither true nor false: whoever sends to us decides", Text).

want.sb.Chassis.encaps(Handle, Encap) :- our_chassis_handle(Handle), encap_handle(_, _, Encap).
