# What the ports of tunnels are called. A port that is there keeps its name; a new one gets
# ovn<index>-<start of the chassis>-<number>, with the least number that no port has.
#
# ovn-controller(8), external_ids:ovn-chassis-id in the Port table. Fills no table.

Decl tunnel_name(Id, Name)
  descr [doc("The port of the tunnel Id, <chassis>@<address>, is called Name.")]
  bound [/string, /string].

Decl tunnel_port_here(Port, Id, Name)
  descr [
    doc("Port, called Name, of the integration bridge is that of a tunnel Id, wanted or not."),
    feedback("ports are known by what was written to them, perhaps before this daemon began")]
  bound [/uuid, /string, /string].

Decl tunnel_port_left(Port, Id, Name)
  descr [
    doc("Port is that of a tunnel Id of ours, as its Name tells, but of another bridge than ours",
      "now. It is taken away there, so that its name is free."),
    feedback("ports are known by what was written to them, perhaps before this daemon began")]
  bound [/uuid, /string, /string].

# The entry ovn-chassis-id makes a port one of a tunnel, whatever it is called.
tunnel_port_here(Port, Id, Name) :-
  ovs.Port.external_ids(Port, "ovn-chassis-id", Id),
  ovs.Port.name(Port, Name),
  ovs.Bridge.ports(Bridge, Port),
  integration_bridge(Bridge).

# On other bridges there may be those of other controllers, so the name counts there.
tunnel_port_left(Port, Id, Name) :-
  ovs.Port.external_ids(Port, "ovn-chassis-id", Id),
  ovs.Port.name(Port, Name),
  ovs.Bridge.ports(Bridge, Port),
  integration_bridge(Ours),
  Bridge != Ours,
  our_chassis(_),
  chassis_index(Index),
  fn:string:starts_with(Name, fn:fmt("ovn%s-", Index)) = /true .

# Should two ports claim to be one tunnel, the first name counts.
tunnel_name_kept(Id, Name) :-
  tunnel_port_here(_, Id, Each),
  tunnel_end(Id, _, _, _, _)
  |> do fn:group_by(Id), let Name = fn:min(Each).
tunnel_name(Id, Name) :- tunnel_name_kept(Id, Name).

# With an index there is room for five bytes of the chassis instead of six. A bridge that is still
# to be made gets its tunnels later: until then those of the bridge before it have their names.
tunnel_name_needed(Id, fn:fmt("ovn%s-%s", Index, fn:string:substring(Chassis, 0, Length))) :-
  integration_bridge(_),
  tunnel_end(Id, Row, _, _, _),
  peer(Row, Chassis),
  !tunnel_port_here(_, Id, _),
  chassis_index(Index),
  Length = fn:if(fn:eq(Index, ""), 6, 5).

Decl tunnel_number(Start, Owner, Number)
  descr [
    doc("Number makes a port's name out of its Start, for a tunnel that needs a name or, with the",
      "name itself as Owner, for a port that has it."),
    allocator("tunnel_number_owner", "tunnel_number_range", "port_name_taken",
      "port_name_taken")]
  bound [/string, /string, /number].

# A name in use is an owner of its number.
tunnel_number_owner(Start, Id) :- tunnel_name_needed(Id, Start).
tunnel_number_owner(Start, Name) :- port_name_taken(Start, Name, _).
# There are always more numbers than tunnels.
tunnel_number_range(Start, 0, 16777215) :- tunnel_name_needed(_, Start).

# The number is written in hexadecimal.
tunnel_name(Id, fn:fmt("%s-%x", Start, Number)) :-
  tunnel_name_needed(Id, Start),
  tunnel_number(Start, Id, Number).

# Names of all bridges count, of ports and interfaces alike: none may be there twice.
# woven:feedback the names that others have chosen matter, and ours are among them
port_name_there(Name) :- ovs.Port.name(_, Name), !tunnel_port_left(_, _, Name).
# woven:feedback the names that others have chosen matter, and ours are among them
port_name_there(Name) :- ovs.Interface.name(_, Name), !tunnel_port_left(_, _, Name).

# The number is what stands behind the last hyphen.
port_name_end(Name, Last) :-
  port_name_there(Name),
  fn:string:starts_with(Name, "ovn") = /true,
  :split_index(Name, "-", Index, Part)
  |> do fn:group_by(Name), let Last = fn:greatest_by(Index, Part).
port_name_taken(Start, Name, Number) :-
  port_name_end(Name, Last),
  :number(fn:fmt("0x%s", Last), Number),
  Length = fn:minus(fn:string:len(Name), fn:plus(fn:string:len(Last), 1)),
  Start = fn:string:substring(Name, 0, Length).
