# IP_Multicast: whether hypervisors listen to multicast group reports on a switch, and how.
#
# ovn-sb(5), table IP_Multicast; ovn-nb(5), Logical_Switch, other_config:mcast_snoop. Fills no
# stage. Snooping is off on every switch for now; these are its defaults.

Decl table.sb.IP_Multicast()
  descr [
    doc("Each switch has one row; others are deleted. seq_no belongs to those who flush the",
      "table."),
    key("datapath"),
    owned("enabled", "querier", "eth_src", "ip4_src", "ip6_src", "table_size", "idle_timeout",
      "query_interval", "query_max_resp"),
    output()].

want.sb.IP_Multicast(Ls) :- switch(Ls).
want.sb.IP_Multicast.datapath(Ls, Ls) :- switch(Ls).
want.sb.IP_Multicast.enabled(Ls, /false) :- switch(Ls).
want.sb.IP_Multicast.querier(Ls, /true) :- switch(Ls).
want.sb.IP_Multicast.table_size(Ls, 2048) :- switch(Ls).

# Times are in seconds. A querier asks in half of the time after which a group is forgotten.
want.sb.IP_Multicast.idle_timeout(Ls, 300) :- switch(Ls).
want.sb.IP_Multicast.query_interval(Ls, 150) :- switch(Ls).
want.sb.IP_Multicast.query_max_resp(Ls, 1) :- switch(Ls).
