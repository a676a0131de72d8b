# Bridge: what of the integration bridge is the controller's.
#
# ovs-vswitchd.conf.db(5), table Bridge; ovn-controller(8), "Open vSwitch Database Usage". Fills one
# row; config/bridge.mg creates it, tunnel/tunnel.mg adds ports.

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
