# Interface: what of the interfaces of ports is the controller's.
#
# ovs-vswitchd.conf.db(5), table Interface; ovn-controller(8), "Open vSwitch Database Usage". Fills
# a row for each tunnel, and one for a new bridge; sync/installed.mg writes to those of machines.

Decl table.ovs.Interface()
  descr [
    doc("The row of that name is ours where rules want it; others are left alone. Type and options",
      "are those of tunnels; interfaces of virtual machines keep theirs."),
    key("name"),
    owned_keys("external_ids", "ovn-installed", "ovn-installed-ts"),
    kept("type", "options"),
    foreign("leave"),
    output()].

want.ovs.Interface(Handle) :- own_port(Handle, _, _).
want.ovs.Interface.name(Handle, Name) :- own_port(Handle, Name, _).
want.ovs.Interface.type(Handle, Type) :- own_port(Handle, _, Type).
want.ovs.Interface.options(Handle, Key, Value) :-
  tunnel_handle(Id, Handle),
  tunnel_setting(Id, Key, Value).
