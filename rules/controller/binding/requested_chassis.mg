# Where a port may live: on any hypervisor that has its interface, or where the user wants it.
#
# ovn-nb(5), Logical_Switch_Port, options:requested-chassis; ovn-sb(5), Port_Binding,
# requested_chassis. Fills no table.

Decl port_is_elsewhere(Pb)
  descr [doc("The user wants the port Pb to live on another hypervisor than ours.")]
  bound [/uuid].

Decl port_is_sent_here(Pb)
  descr [doc("northd has found that the user wants the port Pb to live on our hypervisor.")]
  bound [/uuid].

# northd knows which chassis the user means.
port_is_sent_here(Pb) :- our_chassis(Chassis), sb.Port_Binding.requested_chassis(Pb, Chassis).

# An old northd leaves it to the hypervisors to read the names. The first is the port's home; the
# others take part in a migration.
port_home(Pb, Text) :-
  sb.Port_Binding.options(Pb, "requested-chassis", List),
  List != "",
  :split_index(List, ",", 0, Text).

# A name and a host name are not told apart.
port_names_us(Pb) :- port_home(Pb, Name), chassis_name(Name).
# woven:feedback the host is called as we have said, and as others read it
port_names_us(Pb) :-
  port_home(Pb, Hostname),
  our_chassis(Chassis),
  sb.Chassis.hostname(Chassis, Hostname).

# Without a wish it may live anywhere.
port_is_elsewhere(Pb) :-
  port_home(Pb, _),
  !port_is_sent_here(Pb),
  !port_names_us(Pb).
