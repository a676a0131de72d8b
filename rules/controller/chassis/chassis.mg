# Chassis: our hypervisor as all others see it, with what it is configured for and what it can do.
#
# ovn-sb(5), table Chassis; ovn-controller(8), "OVN Southbound Database Usage". Fills one row.

Decl table.sb.Chassis()
  descr [
    doc("The row of our name is ours, whoever has inserted it; others are left alone. What others",
      "have written to it stays."),
    key("name"),
    owned("hostname", "transport_zones"),
    owned_keys("other_config", "ct-no-masked-label", "datapath-type", "iface-types", "is-interconn",
      "mac-binding-timestamp", "ovn-bridge-mappings", "ovn-chassis-mac-mappings",
      "ovn-cms-options", "ovn-ct-lb-related", "ovn-enable-lflow-cache", "ovn-limit-lflow-cache",
      "ovn-memlimit-lflow-cache-kb", "ovn-monitor-all", "ovn-trim-limit-lflow-cache",
      "ovn-trim-timeout-ms", "ovn-trim-wmark-perc-lflow-cache", "port-up-notif"),
    kept("encaps"),
    foreign("leave"),
    output()].

Decl our_chassis_handle(Handle)
  descr [
    doc("Handle stands for our own row in want.sb.Chassis; there is none while we cannot be",
      "reached, or are leaving."),
    singleton()]
  bound [/uuid].

# A chassis is registered when packets can come to it, and to its virtual machines.
our_chassis_handle(fn:uuid("Chassis", Name)) :-
  encap(_, _),
  integration_bridge(_),
  chassis_name(Name),
  !leaving().

# It stays while the configuration is incomplete, so that nobody loses the way to it.
our_chassis_handle(fn:uuid("Chassis", Name)) :-
  our_chassis(_),
  chassis_name(Name),
  !leaving().

want.sb.Chassis(Handle) :- our_chassis_handle(Handle).
want.sb.Chassis.name(Handle, Name) :- our_chassis_handle(Handle), chassis_name(Name).
want.sb.Chassis.transport_zones(Handle, Zone) :- our_chassis_handle(Handle), our_zone(Zone).

# The user may give the host another name here than the system has.
want.sb.Chassis.hostname(Handle, Hostname) :-
  our_chassis_handle(Handle),
  config("hostname", Hostname).
want.sb.Chassis.hostname(Handle, Hostname) :-
  our_chassis_handle(Handle),
  given("hostname", Hostname),
  !config("hostname", _).

# What northd and other hypervisors want to know of this one.
chassis_fact(Key, Value) :- config_passed_on(Key), config(Key, Value).
chassis_fact(Key, "") :- config_passed_on(Key), !config(Key, _).

config_passed_on("ovn-bridge-mappings").
config_passed_on("ovn-chassis-mac-mappings").
config_passed_on("ovn-cms-options").
config_passed_on("ovn-enable-lflow-cache").
config_passed_on("ovn-limit-lflow-cache").
config_passed_on("ovn-memlimit-lflow-cache-kb").
config_passed_on("ovn-monitor-all").
config_passed_on("ovn-trim-limit-lflow-cache").
config_passed_on("ovn-trim-timeout-ms").
config_passed_on("ovn-trim-wmark-perc-lflow-cache").

# A gateway between networks has tunnels to all of them.
chassis_fact("is-interconn", fn:if(Value, "true", "false")) :-
  config_flag("ovn-is-interconn", Value).

# A type that is not configured is what the bridge came with.
# woven:feedback what the bridge has counts, not what was asked for
chassis_fact("datapath-type", Type) :- integration_bridge(Br), ovs.Bridge.datapath_type(Br, Type).

# Which types of interfaces the local Open vSwitch has, in order.
chassis_fact("iface-types", Types) :-
  ovs.Open_vSwitch.iface_types(_, Type)
  |> do fn:group_by(), let Types = fn:join(Type, ",").

# What we understand, so that northd need not do without: a port is told to be up when its flows are
# in place; flows may match a part of ct_mark, write the time at which an address was learnt, and
# let related packets be translated.
chassis_fact("port-up-notif", "true").
chassis_fact("ct-no-masked-label", "true").
chassis_fact("mac-binding-timestamp", "true").
chassis_fact("ovn-ct-lb-related", "true").

# woven:cross all of it is about our chassis
want.sb.Chassis.other_config(Handle, Key, Value) :-
  our_chassis_handle(Handle),
  chassis_fact(Key, Value).

# When the controller ends for good, others shall not send anything any more.
drop.sb.Chassis(Row) :- leaving(), our_chassis(Row).
