# Local datapaths: the logical switches and routers that packets from or to our hypervisor can pass
# without leaving it. Flows are made for these only.
#
# ovn-architecture(7), "Architectural Physical Life Cycle of a Packet" and "Logical Routers and
# Logical Patch Ports". Fills no table.

Decl local_datapath(Dp)
  descr [doc("Packets may pass the datapath Dp on our hypervisor.")]
  bound [/uuid].

Decl datapath_key(Dp, Key)
  descr [doc("Packets on the datapath Dp carry the number Key, in tunnels and as metadata.")]
  bound [/uuid, /number].

Decl datapath_is_switch(Dp)
  descr [doc("The datapath Dp is a logical switch. The others are logical routers.")]
  bound [/uuid].

Decl port_datapath(Pb, Dp)
  descr [doc("The port Pb belongs to the datapath Dp.")]
  bound [/uuid, /uuid].

Decl port_key(Pb, Key)
  descr [doc("On its datapath the port Pb has the number Key.")]
  bound [/uuid, /number].

Decl port_peer(Pb, Peer)
  descr [doc("What leaves its datapath through the port Pb enters that of Peer through Peer.")]
  bound [/uuid, /uuid].

Decl localnet_port(Pb, Dp)
  descr [doc("Through the port Pb packets of the local datapath Dp reach a physical network.")]
  bound [/uuid, /uuid].

# Other files need few of what the rows say.
datapath_key(Dp, Key) :- sb.Datapath_Binding.tunnel_key(Dp, Key).
datapath_is_switch(Dp) :- sb.Datapath_Binding.external_ids(Dp, "logical-switch", _).
port_datapath(Pb, Dp) :- sb.Port_Binding.datapath(Pb, Dp).
port_key(Pb, Key) :- sb.Port_Binding.tunnel_key(Pb, Key).

# What lives here brings its datapath along.
local_datapath(Dp) :- port_claimed(Pb), port_datapath(Pb, Dp).

# Patches lead on to the next one, so all that can be reached through them is local too.
local_datapath(Next) :- local_datapath(Dp), datapath_leads(Dp, Next).

# A patch has two ends, a port on each datapath, which name each other.
datapath_leads(Dp, Next) :-
  port_peer(Pb, Peer),
  port_leads_on(Pb),
  port_datapath(Pb, Dp),
  port_datapath(Peer, Next).
port_peer(Pb, Peer) :-
  sb.Port_Binding.options(Pb, "peer", Name),
  sb.Port_Binding.logical_port(Peer, Name).

# A patch leads on everywhere, the port of a gateway router where the router is.
port_leads_on(Pb) :- sb.Port_Binding.type(Pb, "patch"), !port_is_redirected(Pb).
port_leads_on(Pb) :- sb.Port_Binding.type(Pb, "l3gateway"), port_claimed(Pb).

# A distributed gateway port may send all packets to its gateway first. Then it leads on only where
# the gateway is or may be.
port_is_redirected(Pb) :-
  redirect_port(Pb, Redirect),
  sb.Port_Binding.options(Redirect, "always-redirect", "true"),
  !port_may_come_here(Redirect).
redirect_port(Pb, Redirect) :-
  sb.Port_Binding.options(Pb, "chassis-redirect-port", Name),
  sb.Port_Binding.logical_port(Redirect, Name).
port_may_come_here(Pb) :-
  our_chassis(Chassis),
  sb.HA_Chassis.chassis(Member, Chassis),
  sb.HA_Chassis_Group.ha_chassis(Group, Member),
  sb.Port_Binding.ha_chassis_group(Pb, Group).

# Other datapaths reach their physical networks elsewhere.
localnet_port(Pb, Dp) :-
  local_datapath(Dp),
  port_datapath(Pb, Dp),
  sb.Port_Binding.type(Pb, "localnet").
