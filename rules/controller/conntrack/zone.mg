# Conntrack zones: connections are told apart by a zone, so that equal addresses of two networks do
# not mix. Each local port has one, and each local datapath two for NAT.
#
# ovn-controller(8), external_ids:ct-zone-* in the Bridge table; ovn-nb(5), Logical_Router,
# options:snat-ct-zone. Fills the entries ct-zone-* of the integration bridge's external_ids.

Decl zone(User, Zone)
  descr [
    doc("Connections of User are in the conntrack zone Zone. A user is a local port, by its name, or",
      "a local datapath, by its uuid with _dnat or _snat behind it.")]
  bound [/string, /number].

Decl port_zone(Pb, Zone)
  descr [doc("Connections of the port Pb are in the conntrack zone Zone.")]
  bound [/uuid, /number].

Decl datapath_zones(Dp, Dnat, Snat)
  descr [
    doc("What the local datapath Dp translates is in the conntrack zone Dnat for destinations, Snat",
      "for sources.")]
  bound [/uuid, /number, /number].

# Each interface of a machine has a zone, also before there is a port of its name.
zone_user(Name) :- interface_port(_, Name, _).

# So has what lives here without one, and the way to a physical network.
zone_user(Name) :- port_claimed(Pb), sb.Port_Binding.logical_port(Pb, Name).
zone_user(Name) :- localnet_port(Pb, _), sb.Port_Binding.logical_port(Pb, Name).

# A datapath translates destinations and sources apart from each other.
datapath_zone_users(Dp, fn:fmt("%s_dnat", Dp), fn:fmt("%s_snat", Dp)) :- local_datapath(Dp).
zone_user(Dnat) :- datapath_zone_users(_, Dnat, _).
zone_user(Snat) :- datapath_zone_users(_, _, Snat).

# A gateway router may have to share the zone for sources with others on its host, also with another
# router. Zones have 16 bits, and 0 is that of packets that nobody has put into one.
zone_request(Snat, Zone) :-
  datapath_zone_users(Dp, _, Snat),
  sb.Datapath_Binding.external_ids(Dp, "snat-ct-zone", Text),
  :option_number(Text, Zone),
  Zone > 0,
  Zone < 65536.

# Whoever asks for something else is told.
problem("Datapath_Binding", Dp, "external_ids:snat-ct-zone", Why) :-
  datapath_zone_users(Dp, _, Snat),
  sb.Datapath_Binding.external_ids(Dp, "snat-ct-zone", Text),
  !zone_request(Snat, _),
  Why = fn:fmt("%q is no zone from 1 to 65535: another is used", Text).

# What the integration bridge remembers of each user. It is read when the controller starts, so that
# connections survive that.
zone_key(User, fn:fmt("ct-zone-%s", User)) :- zone_user(User).

# woven:feedback the bridge is the memory of the allocator
zone_recorded(Key, Zone) :-
  integration_bridge(Br),
  ovs.Bridge.external_ids(Br, Key, Text),
  fn:string:starts_with(Key, "ct-zone-") = /true,
  :number(Text, Zone),
  Zone > 0,
  Zone < 65536.

Decl zone_given(Pool, Key, Zone)
  descr [
    doc("The user whose key is Key gets the conntrack zone Zone. There is one pool, /zone."),
    allocator("zone_owner", "zone_range", "zone_wanted", "zone_held")]
  bound [/name, /string, /number].

# No zone is given before it is known what the bridge remembers.
zone_range(/zone, 1, 65535) :- integration_bridge(_).
zone_owner(/zone, Key) :- zone_key(User, Key), !zone_request(User, _).
zone_held(/zone, Key, Zone) :- zone_recorded(Key, Zone).

# While the Southbound is still being read, users that have been there before may come back.
zone_owner(/zone, Key) :- zone_recorded(Key, _), !switch_ready().

# A zone that is asked for is given to nobody else.
zone_owner(/zone, fn:fmt("request %d", Zone)) :- zone_request(_, Zone).
zone_wanted(/zone, fn:fmt("request %d", Zone), Zone) :- zone_request(_, Zone).

# All others get what the allocator gives.
zone(User, Zone) :- zone_request(User, Zone).
zone(User, Zone) :- zone_key(User, Key), zone_given(/zone, Key, Zone), !zone_request(User, _).

# Flows know ports and datapaths, not users.
port_zone(Pb, Zone) :- zone(Name, Zone), sb.Port_Binding.logical_port(Pb, Name).
datapath_zones(Dp, Dnat, Snat) :-
  datapath_zone_users(Dp, DnatUser, SnatUser),
  zone(DnatUser, Dnat),
  zone(SnatUser, Snat).

# All are taken, or there is no bridge. Packets of whoever has no zone are lost.
problem("Port_Binding", Pb, "logical_port", "there is no conntrack zone for it") :-
  zone_user(User),
  !zone(User, _),
  sb.Port_Binding.logical_port(Pb, User).
problem("Datapath_Binding", Dp, "tunnel_key", "there are no conntrack zones for it") :-
  local_datapath(Dp),
  !datapath_zones(Dp, _, _).

# Connections of an earlier user are forgotten before anybody may rely on the zone; then it is
# written down.
zone_is_new(User, Key, Zone) :-
  zone_key(User, Key),
  zone(User, Zone),
  !zone_recorded(Key, Zone).
ct_flush(Zone, User) :- zone_is_new(User, _, Zone).
ask("openflow", Key, Zone) :- zone_is_new(_, Key, Zone).
zone_is_clean(Key, Zone) :- zone_is_new(_, Key, Zone), acked("openflow", Key, Zone, _).
zone_is_clean(Key, Zone) :- zone_key(User, Key), zone(User, Zone), zone_recorded(Key, Zone).
zone_is_clean(Key, Zone) :- zone_recorded(Key, Zone), !switch_ready().

want.ovs.Bridge.external_ids(Handle, Key, fn:text(Zone)) :-
  zone_is_clean(Key, Zone),
  integration_bridge_handle(Handle).
