# The tunnels: a port of the integration bridge for each address of each chassis that packets are
# sent to.
#
# ovn-architecture(7), "Tunnel Encapsulations"; ovn-controller(8), external_ids:ovn-encap-tos,
# ovn-encap-df_default and ovn-set-local-ip; ovs-vswitchd.conf.db(5), "Tunnel Options". Fills no
# table; sync/port.mg and sync/interface.mg write a row each.

Decl tunnel_end(Id, Chassis, Type, Ip, Encap)
  descr [
    doc("The tunnel Id, <chassis>@<address>, of Type leads to Ip of Chassis, as the row Encap",
      "says.")]
  bound [/string, /uuid, /string, /string, /uuid].

Decl tunnel_handle(Id, Handle)
  descr [doc("Handle stands for the port and the interface of the tunnel Id.")]
  bound [/string, /uuid].

Decl tunnel_setting(Id, Key, Value)
  descr [doc("The interface of the tunnel Id should have the option Key with this Value.")]
  bound [/string, /string, /string].

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

# Both rows have the same.
tunnel_handle(Id, fn:uuid("tunnel", Id)) :- tunnel_end(Id, _, _, _, _).

# It is made when it has a name and there is a bridge.
own_port(Handle, Name, Type) :-
  tunnel_name(Id, Name),
  tunnel_end(Id, _, Type, _, _),
  tunnel_handle(Id, Handle),
  integration_bridge(_).

# The key, which carries the datapath, is set by each packet's flow.
tunnel_setting(Id, "key", "flow") :- tunnel_end(Id, _, _, _, _).
tunnel_setting(Id, "remote_ip", Ip) :- tunnel_end(Id, _, _, Ip, _).

# The other end says how it wants to be sent to.
# woven:feedback of other chassis nothing is ours
tunnel_setting(Id, "csum", "true") :-
  tunnel_end(Id, _, _, _, Encap),
  sb.Encap.options(Encap, "csum", "true").
# woven:feedback of other chassis nothing is ours
tunnel_setting(Id, "csum", "false") :-
  tunnel_end(Id, _, _, _, Encap),
  sb.Encap.options(Encap, "csum", "false").
# woven:feedback of other chassis nothing is ours
tunnel_setting(Id, "dst_port", Port) :-
  tunnel_end(Id, _, _, _, Encap),
  sb.Encap.options(Encap, "dst_port", Port).

# How we send is the same for all.
tunnel_setting_of_all("tos", Value) :- config("ovn-encap-tos", Value), Value != "none".
tunnel_setting_of_all("df_default", Value) :- config("ovn-encap-df_default", Value).

# The sender's address can be fixed if there is but one.
encap_ips(Count, First) :-
  encap(_, Ip)
  |> do fn:group_by(), let Count = fn:count_distinct(Ip), let First = fn:min(Ip).
tunnel_setting_of_all("local_ip", Ip) :- config_flag("ovn-set-local-ip", /true), encap_ips(1, Ip).

# With several nobody knows which one is meant.
config_problem("ovn-set-local-ip", "has no effect: ovn-encap-ip has more than one address") :-
  config_flag("ovn-set-local-ip", /true),
  encap_ips(Count, _),
  Count > 1.

# woven:cross each tunnel has all of them
tunnel_setting(Id, Key, Value) :- tunnel_end(Id, _, _, _, _), tunnel_setting_of_all(Key, Value).

# Open vSwitch says why it could not make a tunnel.
# woven:feedback the interface is found by its name
problem("Interface", Interface, "error", Why) :-
  tunnel_name(_, Name),
  ovs.Interface.name(Interface, Name),
  ovs.Interface.error(Interface, Why).
