# Port: what of the ports of bridges is the controller's.
#
# ovs-vswitchd.conf.db(5), table Port; ovn-controller(8), "Open vSwitch Database Usage". Fills a row
# for each tunnel, and one for a new bridge.

Decl table.ovs.Port()
  descr [
    doc("The row of that name is ours where rules want it; others are left alone."),
    key("name"),
    owned_keys("external_ids", "ovn-chassis-id"),
    kept("interfaces"),
    foreign("leave"),
    output()].

Decl own_port(Handle, Name, Type)
  descr [
    doc("The integration bridge should have a port called Name with one interface of Type. Handle",
      "stands for the rows of both.")]
  bound [/uuid, /string, /string].

want.ovs.Port(Handle) :- own_port(Handle, _, _).
want.ovs.Port.name(Handle, Name) :- own_port(Handle, Name, _).
want.ovs.Port.interfaces(Handle, Handle) :- own_port(Handle, _, _).

# By this a tunnel is known again.
want.ovs.Port.external_ids(Handle, "ovn-chassis-id", Id) :-
  tunnel_handle(Id, Handle),
  own_port(Handle, _, _).

# A tunnel that nobody wants is taken off our bridge, as soon as it is known who is there.
drop.ovs.Port(Port) :-
  tunnel_port_here(Port, Id, Name),
  our_chassis(_),
  !tunnel_name(Id, Name).

# Those that were left on a bridge that was ours before are of no use either.
drop.ovs.Port(Port) :- tunnel_port_left(Port, _, _).

# Whoever leaves takes them all with him.
drop.ovs.Port(Port) :- leaving(), tunnel_port_here(Port, _, _).
