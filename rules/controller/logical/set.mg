# Sets that matches name: addresses, and ports.
#
# ovn-sb(5), Address_Set and Port_Group. Fills no table.

Decl set_element(Kind, Name, Dp, Element)
  descr [
    doc("In the datapath Dp, Element belongs to the set Name of that Kind: an address of an",
      "address_set, the tunnel key of a port of an inport_group or outport_group.")]
  bound [/string, /string, /uuid, /string].

# Addresses are the same in every datapath, but a set is looked up where it is used.
set_element("address_set", Name, Dp, Element) :-
  set_in_use("address_set", Name, Dp),
  address_set_element(Name, Element).
set_element(Kind, Name, Dp, fn:text(Key)) :-
  set_in_use(Kind, Name, Dp),
  port_group_row(Name, Dp, Row),
  sb.Port_Group.ports(Row, Port),
  group_kind(Kind),
  related_port_key(Dp, Port, Key).

group_kind("inport_group").
group_kind("outport_group").

# Sets are of interest where an active flow names them.
set_in_use(Kind, Name, Dp) :- lflow_set(_, Dp, Kind, Name, _).

# What is no address is left out.
address_set_element(Name, Element) :-
  sb.Address_Set.name(As, Name),
  sb.Address_Set.addresses(As, Text),
  :set_constant(Text, Element).

# northd makes a group of its own for each datapath, whose name begins with the datapath's key.
port_group_row(Name, Dp, Row) :-
  own_group(Own, Name, Dp),
  sb.Port_Group.name(Row, Own).
port_group_row(Name, Dp, Row) :-
  own_group(Own, Name, Dp),
  !sb.Port_Group.name(_, Own),
  sb.Port_Group.name(Row, Name).

# The prefixed name is made once a datapath.
own_group(fn:fmt("%d_%s", Key, Name), Name, Dp) :-
  set_in_use(Kind, Name, Dp),
  group_kind(Kind),
  datapath_key(Dp, Key).

Decl set_exists(Kind, Name, Dp)
  descr [doc("There is such a set, which may be empty.")]
  bound [/string, /string, /uuid].

# Empty sets are not the same as none.
set_exists("address_set", Name, Dp) :-
  set_in_use("address_set", Name, Dp),
  sb.Address_Set.name(_, Name).
set_exists(Kind, Name, Dp) :-
  set_in_use(Kind, Name, Dp),
  group_kind(Kind),
  port_group_row(Name, Dp, _).

Decl set_is_large(Kind, Name, Dp)
  descr [
    doc("The set has two elements or more, so that each of them can have flows of its own. A set",
      "with an address that stands for all addresses is none such.")]
  bound [/string, /string, /uuid].

# One element more or less changes a count, and seldom what it means.
set_size(Kind, Name, Dp, Size) :-
  set_element(Kind, Name, Dp, Element)
  |> do fn:group_by(Kind, Name, Dp), let Size = fn:count().
set_is_large(Kind, Name, Dp) :-
  set_size(Kind, Name, Dp, Size),
  Size > 1,
  !set_has_all(Kind, Name, Dp).
set_has_all(Kind, Name, Dp) :-
  set_element(Kind, Name, Dp, Element),
  :set_catchall(Element).
