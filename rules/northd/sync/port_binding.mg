# Port_Binding: each switch port in the Southbound, where hypervisors claim it.
#
# ovn-sb(5), table Port_Binding; ovn-architecture(7), "Life Cycle of a VIF". Fills no stage.

Decl table.sb.Port_Binding()
  descr [
    doc("Each row belongs to the port of that name in that datapath; others are deleted. What",
      "hypervisors write (chassis, encap, up and others) is left alone."),
    key("logical_port", "datapath"),
    owned("tunnel_key", "options", "mac", "port_security", "external_ids", "parent_port", "tag",
      "nat_addresses", "requested_chassis", "requested_additional_chassis", "ha_chassis_group",
      "mirror_rules"),
    kept("type"),
    initial("up"),
    output()].

# The port's own uuid is the handle.
want.sb.Port_Binding(Lsp) :- port_on(Lsp, _).

want.sb.Port_Binding.logical_port(Lsp, Name) :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.name(Lsp, Name).
want.sb.Port_Binding.datapath(Lsp, Ls) :- port_on(Lsp, Ls).
want.sb.Port_Binding.tunnel_key(Lsp, Key) :- port_key(_, Lsp, Key).

# Hypervisors call a port to a router a patch. A type that nobody knows leaves what is there.
want.sb.Port_Binding.type(Lsp, Type) :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.type(Lsp, Type),
  port_type(Type),
  Type != "router".
want.sb.Port_Binding.type(Lsp, "patch") :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.type(Lsp, "router").

# Options are for the hypervisor as much as for northd, so all are passed on.
want.sb.Port_Binding.options(Lsp, Key, Value) :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.options(Lsp, Key, Value),
  !nb.Logical_Switch_Port.type(Lsp, "router").

# Of a patch only its other end matters.
want.sb.Port_Binding.options(Lsp, "peer", Peer) :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.type(Lsp, "router"),
  nb.Logical_Switch_Port.options(Lsp, "router-port", Peer).

# The hypervisor has to leave tags on frames for a switch that passes them.
want.sb.Port_Binding.options(Lsp, "vlan-passthru", "true") :-
  switch_passes_vlan(Ls),
  port_on(Lsp, Ls),
  !nb.Logical_Switch_Port.type(Lsp, "router").

# Addresses and port security are passed on as they are; ovn-controller reads them itself.
want.sb.Port_Binding.mac(Lsp, Text) :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.addresses(Lsp, Text).
want.sb.Port_Binding.port_security(Lsp, Text) :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.port_security(Lsp, Text).

want.sb.Port_Binding.external_ids(Lsp, Key, Value) :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.external_ids(Lsp, Key, Value).

# OpenStack names its ports here; a name that is there already wins.
want.sb.Port_Binding.external_ids(Lsp, "name", Name) :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.external_ids(Lsp, "neutron:port_name", Name),
  Name != "",
  !nb.Logical_Switch_Port.external_ids(Lsp, "name", _).

# A container's port lies behind that of its virtual machine.
want.sb.Port_Binding.parent_port(Lsp, Parent) :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.parent_name(Lsp, Parent).

# The two are told apart by a tag.
# woven:feedback northd only writes a tag that the user asked for by number
want.sb.Port_Binding.tag(Lsp, Tag) :-
  port_on(Lsp, _),
  nb.Logical_Switch_Port.tag(Lsp, Tag).

# Until a hypervisor says otherwise, a new port is down.
want.sb.Port_Binding.up(Lsp, /false) :- port_on(Lsp, _).
