# Which type of tunnel leads to a chassis: the best of those that both ends have.
#
# ovn-architecture(7), "Tunnel Encapsulations". Fills no table.

Decl tunnel_rank(Type, Rank)
  descr [doc("Of several types the one with the greatest Rank is used, because it carries most.")]
  bound [/string, /number].

Decl tunnel_type(Chassis, Type)
  descr [doc("Tunnels to Chassis, a row of Chassis, are of Type, which both ends have.")]
  bound [/uuid, /string].

tunnel_rank("geneve", 3).
tunnel_rank("stt", 2).
tunnel_rank("vxlan", 1).

# What we offer, and what others have been told.
our_tunnel_type(Type) :- encap(Type, _).
# woven:feedback while the configuration is incomplete, what others know of us holds
our_tunnel_type(Type) :-
  our_chassis(Row),
  sb.Chassis.encaps(Row, Encap),
  sb.Encap.type(Encap, Type).

# What it offers and we offer too.
# woven:feedback of other chassis nothing is ours
tunnel_type_both(Chassis, Type, Rank) :-
  peer(Chassis, _),
  sb.Chassis.encaps(Chassis, Encap),
  sb.Encap.type(Encap, Type),
  our_tunnel_type(Type),
  tunnel_rank(Type, Rank).

# The best of them is used for all tunnels to the chassis.
tunnel_type(Chassis, Best) :-
  tunnel_type_both(Chassis, Type, Rank)
  |> do fn:group_by(Chassis), let Best = fn:greatest_by(Rank, Type).

# As long as we have none, that is the problem.
tunnels_are_set_up() :- our_tunnel_type(_).

# Packets to it have no way.
problem("Chassis", Chassis, "encaps", "no type of tunnel that our chassis has too") :-
  peer(Chassis, _),
  tunnels_are_set_up(),
  !tunnel_type(Chassis, _).
