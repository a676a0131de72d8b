# Port: what of the ports of bridges is the controller's.
#
# ovs-vswitchd.conf.db(5), table Port; ovn-controller(8), "Open vSwitch Database Usage". Fills no row
# by itself; tunnel/tunnel.mg adds tunnels, config/bridge.mg the port of a new bridge.

Decl table.ovs.Port()
  descr [
    doc("The row of that name is ours where rules want it; others are left alone."),
    key("name"),
    owned_keys("external_ids", "ovn-chassis-id"),
    kept("interfaces"),
    foreign("leave"),
    output()].
