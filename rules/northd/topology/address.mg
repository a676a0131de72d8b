# Addresses of switch ports, taken apart: which Ethernet and IP addresses a port has, whether it
# may have others too, and whether what it sends is checked.
#
# ovn-nb(5), Logical_Switch_Port, addresses and port_security. Fills no stage.

Decl port_mac(Lsp, Mac)
  descr [doc("The port Lsp has the Ethernet address Mac.")]
  bound [/uuid, /mac].

Decl port_address(Lsp, Mac, Ip)
  descr [doc("The port Lsp has the IP address Ip, with the Ethernet address Mac.")]
  bound [/uuid, /mac, /ip].

Decl port_is_unknown(Lsp)
  descr [doc("Behind the port Lsp there may be Ethernet addresses that nobody has told.")]
  bound [/uuid].

Decl port_has_security(Lsp)
  descr [doc("The port Lsp may only send from addresses that its port_security lists.")]
  bound [/uuid].

# The Ethernet address counts also when IP addresses are still to be allocated.
port_mac(Lsp, Mac) :-
  nb.Logical_Switch_Port.addresses(Lsp, Text),
  :lsp_address_mac(Text, Mac).

# IP addresses count up to the first item that is none.
port_address(Lsp, Mac, Ip) :-
  nb.Logical_Switch_Port.addresses(Lsp, Text),
  :lsp_address(Text, Mac, Ip).

# The word may stand beside addresses that are known.
port_is_unknown(Lsp) :- nb.Logical_Switch_Port.addresses(Lsp, "unknown").

# An element that cannot be read checks nothing: were it to count, a typing error would close
# the port.
port_has_security(Lsp) :-
  nb.Logical_Switch_Port.port_security(Lsp, Text),
  :port_security_mac(Text, _).

# What cannot be read is reported; the other elements stay in force.
problem("Logical_Switch_Port", Lsp, "addresses", fn:fmt("%q: %s", Text, Why)) :-
  nb.Logical_Switch_Port.addresses(Lsp, Text),
  :lsp_address_error(Text, Why).
problem("Logical_Switch_Port", Lsp, "addresses", fn:fmt("%q: %s", Text, Why)) :-
  nb.Logical_Switch_Port.addresses(Lsp, Text),
  :lsp_address_warning(Text, Why).
problem("Logical_Switch_Port", Lsp, "port_security", fn:fmt("%q: %s", Text, Why)) :-
  nb.Logical_Switch_Port.port_security(Lsp, Text),
  :port_security_error(Text, Why).
problem("Logical_Switch_Port", Lsp, "port_security", fn:fmt("%q: %s", Text, Why)) :-
  nb.Logical_Switch_Port.port_security(Lsp, Text),
  :port_security_warning(Text, Why).
