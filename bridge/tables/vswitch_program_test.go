package tables_test

// wishSchema holds what a test wishes for in the local Open_vSwitch database.
const wishSchema = `{"name": "Wishes", "version": "1.0.0", "tables": {
  "Wish": {"isRoot": true, "columns": {
    "kind": {"type": "string"}, "name": {"type": "string"}, "value": {"type": "string"}}}}}`

// vswitchProgram does to the Open_vSwitch database what a controller does: it keeps a bridge and
// tunnels of its own beside the ports of others, takes stale tunnels away, and annotates what is
// not its own.
const vswitchProgram = `
Decl table.ovs.Open_vSwitch()
  descr [key("_uuid"), shared("bridges", "other_config")].
Decl table.ovs.Bridge()
  descr [key("name"), foreign("leave"), kept("fail_mode"), shared("ports", "protocols"),
    owned_keys("external_ids", "ct-zone-*", "ovn-nb-cfg")].
Decl table.ovs.Port()
  descr [key("name"), foreign("leave"), owned("interfaces"),
    owned_keys("external_ids", "ovn-chassis-id")].
Decl table.ovs.Interface()
  descr [key("name"), foreign("leave"), kept("type", "options"),
    owned_keys("external_ids", "ovn-installed", "ovn-installed-ts")].

Decl drop.ovs.Bridge.protocols(Handle, Element) descr [output(), plain()] bound [/uuid, /string].
Decl drop.ovs.Open_vSwitch.other_config(Handle, Key) descr [output(), plain()]
  bound [/uuid, /string].

Decl wish(Kind, Name, Value) bound [/string, /string, /string].
wish(Kind, Name, Value) :-
  in.Wish.kind(W, Kind), in.Wish.name(W, Name), in.Wish.value(W, Value).

Decl bridge(Handle, Name) bound [/uuid, /string].
bridge(fn:uuid("bridge", Name), Name) :- wish("bridge", Name, _).
want.ovs.Open_vSwitch(O) :- ovs.Open_vSwitch(O).
want.ovs.Open_vSwitch.bridges(O, B) :- ovs.Open_vSwitch(O), bridge(B, _).
want.ovs.Open_vSwitch.other_config(O, fn:fmt("idx-%s", Name), V) :-
  ovs.Open_vSwitch(O), wish("idx", Name, V).
drop.ovs.Open_vSwitch.other_config(O, fn:fmt("idx-%s", Name)) :-
  ovs.Open_vSwitch(O), wish("no idx", Name, _).

want.ovs.Bridge(B) :- bridge(B, _).
want.ovs.Bridge.name(B, Name) :- bridge(B, Name).
want.ovs.Bridge.fail_mode(B, "secure") :- bridge(B, _).
want.ovs.Bridge.ports(B, P) :- bridge(B, Name), port(P, Name, _).
want.ovs.Bridge.protocols(B, Name) :- bridge(B, _), wish("protocol", Name, _).
drop.ovs.Bridge.protocols(B, Name) :- bridge(B, _), wish("no protocol", Name, _).
want.ovs.Bridge.external_ids(B, fn:fmt("ct-zone-%s", Name), V) :-
  bridge(B, _), wish("zone", Name, V).

# The bridge has a port of its own name, and the integration bridge has the tunnels.
Decl port(Handle, Bridge, Name) bound [/uuid, /string, /string].
port(fn:uuid("port", Name), Name, Name) :- bridge(_, Name).
port(fn:uuid("port", Name), "br-int", Name) :- wish("tunnel", Name, _).
want.ovs.Port(P) :- port(P, _, _).
want.ovs.Port.name(P, Name) :- port(P, _, Name).
want.ovs.Port.interfaces(P, fn:uuid("interface", Name)) :- port(P, _, Name).
want.ovs.Port.external_ids(fn:uuid("port", Name), "ovn-chassis-id", V) :-
  wish("tunnel", Name, V).
want.ovs.Interface(fn:uuid("interface", Name)) :- port(_, _, Name).
want.ovs.Interface.name(fn:uuid("interface", Name), Name) :- port(_, _, Name).
want.ovs.Interface.type(fn:uuid("interface", Name), "internal") :- bridge(_, Name).
want.ovs.Interface.type(fn:uuid("interface", Name), "geneve") :- wish("tunnel", Name, _).
want.ovs.Interface.options(fn:uuid("interface", Name), "remote_ip", V) :-
  wish("tunnel", Name, V).

# A tunnel that is not wished for any more goes, whatever bridge it is on. One that leads
# elsewhere is replaced.
drop.ovs.Port(P) :-
  ovs.Port.external_ids(P, "ovn-chassis-id", _), ovs.Port.name(P, Name), !wish("tunnel", Name, _).
drop.ovs.Port(P) :-
  ovs.Port.external_ids(P, "ovn-chassis-id", V), ovs.Port.name(P, Name),
  wish("tunnel", Name, Other), V != Other.
drop.ovs.Port(P) :- wish("drop", Name, _), ovs.Port.name(P, Name).

# Interfaces of others carry a note of ours for as long as it is wished for; the handle stays
# until the note is gone.
Decl noted(Interface, Name) bound [/uuid, /string].
noted(If, Name) :- ovs.Interface.name(If, Name), wish("installed", Name, _).
noted(If, Name) :-
  ovs.Interface.name(If, Name), ovs.Interface.external_ids(If, "ovn-installed", _).
want.ovs.Interface(If) :- noted(If, _).
want.ovs.Interface.name(If, Name) :- noted(If, Name).
want.ovs.Interface.external_ids(If, "ovn-installed", "true") :-
  noted(If, Name), wish("installed", Name, _).
`
