# Related ports and residents: which logical flows about single ports matter on our hypervisor.
#
# ovn-sb(5), Logical_Flow, is_chassis_resident(). Fills no table.

Decl port_related(Pb)
  descr [doc("Logical flows that are about the port Pb matter here.")]
  bound [/uuid].

Decl resident(Name)
  descr [doc("is_chassis_resident(Name) holds: the logical port Name lives on our hypervisor.")]
  bound [/string].

# What lives here matters.
port_related(Pb) :- port_claimed(Pb).
port_related(Pb) :- vif_ofport(Pb, _).

# So do the ways from one datapath to another, and out of them, wherever they are.
port_related(Pb) :- sb.Port_Binding.type(Pb, "patch").
port_related(Pb) :- sb.Port_Binding.type(Pb, "vtep").
port_related(Pb) :- localnet_port(Pb, _).

# All have to agree on who is resident, so it is what the Southbound says.
resident(Name) :- port_bound(Pb), sb.Port_Binding.logical_port(Pb, Name).
