# The integration bridge, to which all interfaces of virtual machines and all tunnels are attached.
# If it is missing it is created, as ovn-architecture(7) wants it.
#
# ovn-controller(8), external_ids:ovn-bridge and ovn-bridge-datapath-type; ovn-architecture(7),
# "Chassis Setup". Fills the rows of the bridge and of its own port.

Decl integration_bridge_name(Name)
  descr [doc("The integration bridge is called Name."), singleton()]
  bound [/string].

Decl integration_bridge(Br)
  descr [
    doc("Br, a row of Bridge, is the integration bridge."),
    feedback("the bridge is ours by its name, whoever has created it"),
    singleton()]
  bound [/uuid].

Decl integration_bridge_handle(Handle)
  descr [
    doc("Handle stands for the integration bridge in want.ovs.Bridge; it is there as soon as the",
      "bridge can be."),
    singleton()]
  bound [/uuid].

# A name is part of the path of a socket.
bridge_name_is_bad(Name) :- config("ovn-bridge", Name), fn:string:contains(Name, "/") = /true .
bridge_name_is_bad("") :- config("ovn-bridge", "").

integration_bridge_name(Name) :- config("ovn-bridge", Name), !bridge_name_is_bad(Name).

config_problem("ovn-bridge", Why) :-
  bridge_name_is_bad(Name),
  Why = fn:fmt("%q cannot be the name of a bridge", Name).

integration_bridge(Br) :- integration_bridge_name(Name), ovs.Bridge.name(Br, Name).

# Nobody has created it yet, or somebody has deleted it.
bridge_is_missing(Name) :-
  integration_bridge_name(Name),
  !integration_bridge(_).

# A port of another bridge is not taken away from it.
# woven:feedback the port is not ours: there is no bridge of its name
name_is_taken(Name, Port) :- bridge_is_missing(Name), ovs.Port.name(Port, Name).

problem("Port", Port, "name", Why) :-
  name_is_taken(Name, Port),
  Why = fn:fmt("the integration bridge cannot be created: the port %s has its name", Name).

# The bridge gets an Ethernet address of its own, so that it does not take over that of a port.
draw(fn:fmt("hwaddr %s", Name)) :- bridge_is_missing(Name), !name_is_taken(Name, _).

# Group bit clear and local bit set: an address that no vendor has given out.
new_bridge(Name, fn:text(Mac)) :-
  bridge_is_missing(Name),
  !name_is_taken(Name, _),
  Key = fn:fmt("hwaddr %s", Name),
  drawn(Key, Number),
  Mac = fn:mac:from_number(fn:bit:or(fn:bit:and(Number, 278176441827327), 2199023255552)).

integration_bridge_handle(fn:uuid("Bridge", Name)) :-
  integration_bridge(_),
  integration_bridge_name(Name).
integration_bridge_handle(fn:uuid("Bridge", Name)) :- new_bridge(Name, _).

want.ovs.Bridge(Handle) :- integration_bridge_handle(Handle).
want.ovs.Bridge.name(Handle, Name) :-
  integration_bridge_handle(Handle),
  integration_bridge_name(Name).
want.ovs.Open_vSwitch.bridges(Row, Handle) :-
  integration_bridge_handle(Handle),
  open_vswitch(Row).

# While no controller is there the bridge keeps its flows, and learns no addresses by itself.
want.ovs.Bridge.fail_mode(Handle, "secure") :- integration_bridge_handle(Handle).

# Without a wish an existing bridge stays as it is.
want.ovs.Bridge.datapath_type(Handle, Type) :-
  integration_bridge_handle(Handle),
  config("ovn-bridge-datapath-type", Type).
want.ovs.Bridge.datapath_type(fn:uuid("Bridge", Name), "system") :-
  new_bridge(Name, _),
  !config("ovn-bridge-datapath-type", _).

# Open vSwitch says itself which types it has.
datapath_type_is_known(Type) :- ovs.Open_vSwitch.datapath_types(_, Type).
datapath_type_is_known("").
datapath_type_is_known("system").

config_problem("ovn-bridge-datapath-type", Why) :-
  config("ovn-bridge-datapath-type", Type),
  !datapath_type_is_known(Type),
  Why = fn:fmt("Open vSwitch has no datapath type %q", Type).

# No controller is reached through the bridge itself, so it needs no flows for that.
want.ovs.Bridge.other_config(fn:uuid("Bridge", Name), "disable-in-band", "true") :-
  new_bridge(Name, _).
want.ovs.Bridge.other_config(fn:uuid("Bridge", Name), "hwaddr", Mac) :- new_bridge(Name, Mac).

# When the controller was started, for those who watch it.
want.ovs.Bridge.external_ids(Handle, "ovn-startup-ts", Time) :-
  integration_bridge_handle(Handle),
  given("now", Time).

# Every bridge has a port of its own name.
want.ovs.Bridge.ports(fn:uuid("Bridge", Name), fn:uuid("Port", Name)) :- new_bridge(Name, _).
want.ovs.Port(fn:uuid("Port", Name)) :- new_bridge(Name, _).
want.ovs.Port.name(fn:uuid("Port", Name), Name) :- new_bridge(Name, _).
want.ovs.Port.interfaces(fn:uuid("Port", Name), fn:uuid("Interface", Name)) :- new_bridge(Name, _).
want.ovs.Interface(fn:uuid("Interface", Name)) :- new_bridge(Name, _).
want.ovs.Interface.name(fn:uuid("Interface", Name), Name) :- new_bridge(Name, _).
want.ovs.Interface.type(fn:uuid("Interface", Name), "internal") :- new_bridge(Name, _).
