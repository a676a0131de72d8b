# Interface: what of the interfaces of ports is the controller's.
#
# ovs-vswitchd.conf.db(5), table Interface; ovn-controller(8), "Open vSwitch Database Usage". Fills no
# row by itself; tunnel/tunnel.mg adds tunnels, config/bridge.mg the interface of a new bridge.

Decl table.ovs.Interface()
  descr [
    doc("The row of that name is ours where rules want it; others are left alone. Type and options",
      "are those of tunnels; interfaces of virtual machines keep theirs."),
    key("name"),
    owned_keys("external_ids", "ovn-installed", "ovn-installed-ts"),
    kept("type", "options"),
    foreign("leave"),
    output()].
