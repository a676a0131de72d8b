# The tunnels: a port of the integration bridge for each address of each chassis that packets are
# sent to.
#
# ovn-architecture(7), "Tunnel Encapsulations"; ovn-controller(8), external_ids:ovn-encap-tos,
# ovn-encap-df_default and ovn-set-local-ip; ovs-vswitchd.conf.db(5), "Tunnel Options". Fills a row of
# Port and one of Interface for each.

Decl tunnel_end(Id, Chassis, Type, Ip, Encap)
  descr [
    doc("The tunnel Id, <chassis>@<address>, of Type leads to Ip of Chassis, as the row Encap",
      "says.")]
  bound [/string, /uuid, /string, /string, /uuid].

# One for each address at which it offers the type that is best.
# woven:feedback of other chassis nothing is ours
tunnel_end(Id, Chassis, Type, Ip, Encap) :-
  tunnel_type(Chassis, Type),
  sb.Chassis.encaps(Chassis, Encap),
  sb.Encap.type(Encap, Type),
  sb.Encap.ip(Encap, Ip),
  peer(Chassis, Name),
  Id = fn:fmt("%s@%s", Name, Ip),
  !leaving().

tunnel_handle(Id, Name, fn:uuid("tunnel", Id)) :- tunnel_name(Id, Name), integration_bridge(_).

want.ovs.Bridge.ports(Bridge, Tunnel) :-
  tunnel_handle(_, _, Tunnel),
  integration_bridge_handle(Bridge).
want.ovs.Port(Tunnel) :- tunnel_handle(_, _, Tunnel).
want.ovs.Port.name(Tunnel, Name) :- tunnel_handle(_, Name, Tunnel).
want.ovs.Port.external_ids(Tunnel, "ovn-chassis-id", Id) :- tunnel_handle(Id, _, Tunnel).
want.ovs.Port.interfaces(Tunnel, Tunnel) :- tunnel_handle(_, _, Tunnel).
want.ovs.Interface(Tunnel) :- tunnel_handle(_, _, Tunnel).
want.ovs.Interface.name(Tunnel, Name) :- tunnel_handle(_, Name, Tunnel).
want.ovs.Interface.type(Tunnel, Type) :-
  tunnel_handle(Id, _, Tunnel),
  tunnel_end(Id, _, Type, _, _).

# The key, which carries the datapath, is set by each packet's flow.
setting(Id, "key", "flow") :- tunnel_end(Id, _, _, _, _).
setting(Id, "remote_ip", Ip) :- tunnel_end(Id, _, _, Ip, _).

# The other end says how it wants to be sent to.
# woven:feedback of other chassis nothing is ours
setting(Id, "csum", "true") :-
  tunnel_end(Id, _, _, _, Encap),
  sb.Encap.options(Encap, "csum", "true").
# woven:feedback of other chassis nothing is ours
setting(Id, "csum", "false") :-
  tunnel_end(Id, _, _, _, Encap),
  sb.Encap.options(Encap, "csum", "false").
# woven:feedback of other chassis nothing is ours
setting(Id, "dst_port", Port) :-
  tunnel_end(Id, _, _, _, Encap),
  sb.Encap.options(Encap, "dst_port", Port).

# How we send is the same for all.
setting_of_all("tos", Value) :- config("ovn-encap-tos", Value), Value != "none".
setting_of_all("df_default", Value) :- config("ovn-encap-df_default", Value).

# The sender's address can be fixed if there is but one.
our_ips(Count, First) :-
  encap(_, Ip)
  |> do fn:group_by(), let Count = fn:count_distinct(Ip), let First = fn:min(Ip).
setting_of_all("local_ip", Ip) :- config_flag("ovn-set-local-ip", /true), our_ips(1, Ip).

config_problem("ovn-set-local-ip", "has no effect: ovn-encap-ip has more than one address") :-
  config_flag("ovn-set-local-ip", /true),
  our_ips(Count, _),
  Count > 1.

# woven:cross each tunnel has all of them
setting(Id, Key, Value) :- tunnel_end(Id, _, _, _, _), setting_of_all(Key, Value).

want.ovs.Interface.options(Tunnel, Key, Value) :-
  tunnel_handle(Id, _, Tunnel),
  setting(Id, Key, Value).

# A tunnel that nobody wants is taken off our bridge, as soon as it is known who is there.
drop.ovs.Port(Port) :-
  tunnel_port_here(Port, Id, Name),
  our_chassis(_),
  !tunnel_name(Id, Name).

# Those that were left on a bridge that was ours before are of no use either.
drop.ovs.Port(Port) :- tunnel_port_left(Port, _, _).

drop.ovs.Port(Port) :- leaving(), tunnel_port_here(Port, _, _).

# Open vSwitch says why it could not make a tunnel.
# woven:feedback the interface is found by its name
problem("Interface", Interface, "error", Why) :-
  tunnel_name(_, Name),
  ovs.Interface.name(Interface, Name),
  ovs.Interface.error(Interface, Why).
