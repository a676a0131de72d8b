# Open_vSwitch: the one row about the local Open vSwitch, and what of it is the controller's.
#
# ovs-vswitchd.conf.db(5), table Open_vSwitch; ovn-controller(8), "Open vSwitch Database Usage".
# Fills one row; chassis/index.mg adds the index.

Decl table.ovs.Open_vSwitch()
  descr [
    doc("The row is Open vSwitch's own. Our bridge is added to its bridges, a datapath for it to its datapaths, and the limit of VLAN",
      "tags and the index of our controller to its other_config; what others have there stays."),
    key("_uuid"),
    shared("bridges", "other_config", "datapaths"),
    output()].

# Frames with any number of tags pass: logical networks do not look at more than one.
want.ovs.Open_vSwitch.other_config(Row, "vlan-limit", "0") :- open_vswitch(Row).

want.ovs.Open_vSwitch.bridges(Row, Bridge) :-
  open_vswitch(Row),
  integration_bridge_handle(Bridge).
