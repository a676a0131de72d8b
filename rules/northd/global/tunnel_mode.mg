# What the tunnels of the network can carry, which limits how many datapaths and ports there can
# be.
#
# ovn-architecture(7), "Tunnel Encapsulations". Fills no stage.

Decl tunnel_mode(Mode)
  descr [
    doc("Mode is /geneve, or /vxlan if some chassis uses that: the keys of all datapaths then",
      "have to fit into its 24 bits, because any of them may cross its tunnels. It is always",
      "exactly one.")]
  bound [/name].

tunnel_mode_default(/geneve).

# One such tunnel is enough.
tunnel_mode(/vxlan) :- sb.Encap.type(_, "vxlan").
tunnel_mode(Mode) :- tunnel_mode_default(Mode), !sb.Encap.type(_, "vxlan").
