# Bridge: what of the integration bridge is the controller's.
#
# ovs-vswitchd.conf.db(5), table Bridge; ovn-controller(8), "Open vSwitch Database Usage". Fills one
# row.

Decl table.ovs.Bridge()
  descr [
    doc("The row of that name is the integration bridge; others are left alone. What is written",
      "only when the bridge is created stays as its users change it. Ports of others stay."),
    key("name"),
    owned("fail_mode"),
    owned_keys("external_ids", "ct-zone-*", "ovn-nb-cfg", "ovn-nb-cfg-ts", "ovn-startup-ts"),
    kept("datapath_type", "other_config"),
    shared("ports"),
    foreign("leave"),
    output()].

want.ovs.Bridge(Handle) :- integration_bridge_handle(Handle).
want.ovs.Bridge.name(Handle, Name) :-
  integration_bridge_handle(Handle),
  integration_bridge_name(Name).
want.ovs.Bridge.ports(Handle, Port) :- integration_bridge_handle(Handle), own_port(Port, _, _).

# While no controller is there the bridge keeps its flows, and learns no addresses by itself.
want.ovs.Bridge.fail_mode(Handle, "secure") :- integration_bridge_handle(Handle).

# Without a wish an existing bridge stays as it is.
want.ovs.Bridge.datapath_type(Handle, Type) :-
  integration_bridge_handle(Handle),
  config("ovn-bridge-datapath-type", Type).

Decl bridge_is_untyped()
  descr [doc("The integration bridge has no type, which stands for that of the kernel."), singleton()]
  bound [].

# The type is written, because by its name Open vSwitch says what the datapath can do.
# woven:feedback the rule ends when the type is there
bridge_is_untyped() :- integration_bridge(Br), ovs.Bridge.datapath_type(Br, "").
want.ovs.Bridge.datapath_type(Handle, "system") :-
  integration_bridge_handle(Handle),
  bridge_is_untyped(),
  !config("ovn-bridge-datapath-type", _).
want.ovs.Bridge.datapath_type(Handle, "system") :-
  integration_bridge_handle(Handle),
  new_bridge(_, _),
  !config("ovn-bridge-datapath-type", _).

# No controller is reached through the bridge itself, so it needs no flows for that.
want.ovs.Bridge.other_config(Handle, "disable-in-band", "true") :-
  integration_bridge_handle(Handle),
  new_bridge(_, _).
want.ovs.Bridge.other_config(Handle, "hwaddr", Mac) :-
  integration_bridge_handle(Handle),
  new_bridge(_, Mac).

# When the controller was started, for those who watch it.
want.ovs.Bridge.external_ids(Handle, "ovn-startup-ts", Time) :-
  integration_bridge_handle(Handle),
  given("now", Time).
