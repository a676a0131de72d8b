# Switch ports: on which switch a port is, and what kind of port it is.
#
# ovn-nb(5), table Logical_Switch_Port. Fills no stage.

Decl port_on(Lsp, Ls)
  descr [
    doc("Lsp is a port of the switch Ls and has got a tunnel key, so that it exists in the",
      "Southbound.")]
  bound [/uuid, /uuid].

Decl port_is_disabled(Lsp)
  descr [doc("The administrator has disabled the port Lsp: no packet passes, but it stays known.")]
  bound [/uuid].

Decl port_is_external(Lsp)
  descr [
    doc("Packets of the port Lsp do not enter and leave at the hypervisor that it lives on, but",
      "through a localnet port elsewhere.")]
  bound [/uuid].

# A port without a tunnel key cannot be named in a tunnel, and is left out everywhere.
port_on(Lsp, Ls) :- port_key(Ls, Lsp, _).

# A port is enabled unless the column says otherwise.
port_is_disabled(Lsp) :- port_on(Lsp, _), nb.Logical_Switch_Port.enabled(Lsp, /false).

# Few ports are external or disabled, so rules leave those out and do not list the others.
port_is_external(Lsp) :- port_on(Lsp, _), nb.Logical_Switch_Port.type(Lsp, "external").

Decl port_type(Type)
  descr [doc("A type of switch port that ovn-nb(5) knows.")]
  bound [/string].

port_type("").
port_type("router").
port_type("localnet").
port_type("localport").
port_type("l2gateway").
port_type("vtep").
port_type("external").
port_type("virtual").
port_type("remote").

# An unknown type is taken as that of an ordinary port.
problem("Logical_Switch_Port", Lsp, "type", Why) :-
  nb.Logical_Switch_Port.type(Lsp, Type),
  !port_type(Type),
  Why = fn:fmt("unknown port type '%s'", Type).
