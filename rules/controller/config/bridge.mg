# The integration bridge, to which all interfaces of virtual machines and all tunnels are attached.
# If it is missing it is created, as ovn-architecture(7) wants it.
#
# ovn-controller(8), external_ids:ovn-bridge and ovn-bridge-datapath-type; ovn-architecture(7),
# "Chassis Setup". Fills no table; sync/bridge.mg writes the bridge.

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

Decl new_bridge(Name, Mac)
  descr [
    doc("The bridge Name is missing and to be created, with the Ethernet address Mac."),
    singleton()]
  bound [/string, /string].

# A name is part of the path of a socket.
bridge_name_is_bad(Name) :- config("ovn-bridge", Name), fn:string:contains(Name, "/") = /true .
bridge_name_is_bad("") :- config("ovn-bridge", "").

# Any other name is a name.
integration_bridge_name(Name) :- config("ovn-bridge", Name), !bridge_name_is_bad(Name).

# Without a bridge nothing works, so the user has to know.
config_problem("ovn-bridge", Why) :-
  bridge_name_is_bad(Name),
  Why = fn:fmt("%q cannot be the name of a bridge", Name).

# Names of bridges are unique.
integration_bridge(Br) :- integration_bridge_name(Name), ovs.Bridge.name(Br, Name).

# Nobody has created it yet, or somebody has deleted it.
bridge_is_missing(Name) :-
  integration_bridge_name(Name),
  !integration_bridge(_).

# A port of another bridge is not taken away from it.
# woven:feedback the port is not ours: there is no bridge of its name
bridge_name_is_taken(Name, Port) :- bridge_is_missing(Name), ovs.Port.name(Port, Name).

# The user can give either of them another name.
problem("Port", Port, "name", Why) :-
  bridge_name_is_taken(Name, Port),
  Why = fn:fmt("the integration bridge cannot be created: the port %s has its name", Name).

# The bridge gets an Ethernet address of its own, so that it does not take over that of a port.
draw(fn:fmt("hwaddr %s", Name)) :- bridge_is_missing(Name), !bridge_name_is_taken(Name, _).

# Group bit clear and local bit set: an address that no vendor has given out.
new_bridge(Name, fn:text(Mac)) :-
  bridge_is_missing(Name),
  !bridge_name_is_taken(Name, _),
  Key = fn:fmt("hwaddr %s", Name),
  drawn(Key, Number),
  Mac = fn:mac:from_number(fn:bit:or(fn:bit:and(Number, 278176441827327), 2199023255552)).

# The name makes the handle, so that it stays when the bridge has come to be.
integration_bridge_handle(fn:uuid("Bridge", Name)) :-
  integration_bridge(_),
  integration_bridge_name(Name).
integration_bridge_handle(fn:uuid("Bridge", Name)) :- new_bridge(Name, _).

# Open vSwitch says itself which types it has.
datapath_type_is_known(Type) :- ovs.Open_vSwitch.datapath_types(_, Type).
datapath_type_is_known("").
datapath_type_is_known("system").

# It is tried all the same: Open vSwitch may learn it.
config_problem("ovn-bridge-datapath-type", Why) :-
  config("ovn-bridge-datapath-type", Type),
  !datapath_type_is_known(Type),
  Why = fn:fmt("Open vSwitch has no datapath type %q", Type).

# Every bridge has a port of its own name.
own_port(fn:uuid("Port", Name), Name, "internal") :- new_bridge(Name, _).
