# To which chassis tunnels are wanted at all: those of our transport zones, and those of other
# networks only if we are a gateway between networks.
#
# ovn-controller(8), external_ids:ovn-transport-zones and ovn-is-interconn; ovn-sb(5), Chassis,
# transport_zones and other_config:is-remote. Fills no table.

Decl our_zone(Zone)
  descr [doc("Our chassis is in the transport zone Zone.")]
  bound [/string].

Decl peer(Chassis, Name)
  descr [doc("Chassis, a row of Chassis, is another one, called Name, that packets are sent to.")]
  bound [/uuid, /string].

# The option is a list; what is between two commas may be missing.
our_zone(Zone) :- config("ovn-transport-zones", List), :split(List, ",", Zone), Zone != "".

# Names are unique, so all others are other chassis.
# woven:feedback of other chassis nothing is ours
other_chassis(Chassis, Name) :-
  sb.Chassis.name(Chassis, Name),
  chassis_name(Ours),
  Name != Ours.

# Who is in no zone belongs to all others that are in none.
# woven:feedback of other chassis nothing is ours
zone_is_shared(Chassis) :-
  other_chassis(Chassis, _),
  !our_zone(_),
  !sb.Chassis.transport_zones(Chassis, _).
# Otherwise one zone in common is enough.
# woven:feedback of other chassis nothing is ours
zone_is_shared(Chassis) :- our_zone(Zone), sb.Chassis.transport_zones(Chassis, Zone).

# Whoever copies chassis of other networks here marks them.
# woven:feedback of other chassis nothing is ours
chassis_is_remote(Chassis) :-
  sb.Chassis.other_config(Chassis, "is-remote", Text),
  fn:string:lower(Text) = "true".

# They are reached by way of gateways, which alone have tunnels to them.
peer(Chassis, Name) :-
  other_chassis(Chassis, Name),
  zone_is_shared(Chassis),
  !chassis_is_remote(Chassis).
peer(Chassis, Name) :-
  other_chassis(Chassis, Name),
  zone_is_shared(Chassis),
  chassis_is_remote(Chassis),
  config_flag("ovn-is-interconn", /true).
