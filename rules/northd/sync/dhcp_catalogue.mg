# The catalogue of DHCP options: which options ovn-controller can write into an answer, with their
# codes and the form of their values. Actions name them.
#
# ovn-sb(5), tables DHCP_Options and DHCPv6_Options, RFC 2132, RFC 8415. Fills no stage.

Decl table.sb.DHCP_Options()
  descr [
    doc("Each row belongs to the option of that name; others are deleted."),
    key("name"),
    owned("code", "type"),
    output()].

Decl table.sb.DHCPv6_Options()
  descr [
    doc("Each row belongs to the option of that name; others are deleted."),
    key("name"),
    owned("code", "type"),
    output()].

# dhcp_option(Name, Code, Type). Codes 0 and 253 are OVN's own: the offered address and siaddr.
dhcp_option("offerip", 0, "ipv4").
dhcp_option("netmask", 1, "ipv4").
dhcp_option("router", 3, "ipv4").
dhcp_option("dns_server", 6, "ipv4").
dhcp_option("log_server", 7, "ipv4").
dhcp_option("lpr_server", 9, "ipv4").
dhcp_option("hostname", 12, "str").
dhcp_option("domain_name", 15, "str").
dhcp_option("swap_server", 16, "ipv4").
dhcp_option("ip_forward_enable", 19, "bool").
dhcp_option("policy_filter", 21, "ipv4").
dhcp_option("default_ttl", 23, "uint8").
dhcp_option("mtu", 26, "uint16").
dhcp_option("broadcast_address", 28, "ipv4").
dhcp_option("router_discovery", 31, "bool").
dhcp_option("router_solicitation", 32, "ipv4").
dhcp_option("arp_cache_timeout", 35, "uint32").
dhcp_option("ethernet_encap", 36, "bool").
dhcp_option("tcp_ttl", 37, "uint8").
dhcp_option("tcp_keepalive_interval", 38, "uint32").
dhcp_option("nis_server", 41, "ipv4").
dhcp_option("ntp_server", 42, "ipv4").
dhcp_option("netbios_name_server", 44, "ipv4").
dhcp_option("netbios_node_type", 46, "uint8").
dhcp_option("lease_time", 51, "uint32").
dhcp_option("server_id", 54, "ipv4").
dhcp_option("T1", 58, "uint32").
dhcp_option("T2", 59, "uint32").
dhcp_option("tftp_server", 66, "host_id").
dhcp_option("bootfile_name", 67, "str").
dhcp_option("domain_search_list", 119, "domains").
dhcp_option("classless_static_route", 121, "static_routes").
dhcp_option("tftp_server_address", 150, "ipv4").
dhcp_option("path_prefix", 210, "str").
dhcp_option("ms_classless_static_route", 249, "static_routes").
dhcp_option("wpad", 252, "str").
dhcp_option("next_server", 253, "ipv4").
dhcp_option("bootfile_name_alt", 254, "str").

# The same for IPv6.
dhcpv6_option("server_id", 2, "mac").
dhcpv6_option("ia_addr", 5, "ipv6").
dhcpv6_option("domain_search", 24, "str").
dhcpv6_option("dns_server", 23, "ipv6").

want.sb.DHCP_Options(fn:uuid("DHCP_Options", Name)) :- dhcp_option(Name, _, _).
want.sb.DHCP_Options.name(fn:uuid("DHCP_Options", Name), Name) :- dhcp_option(Name, _, _).
want.sb.DHCP_Options.code(fn:uuid("DHCP_Options", Name), Code) :- dhcp_option(Name, Code, _).
want.sb.DHCP_Options.type(fn:uuid("DHCP_Options", Name), Type) :- dhcp_option(Name, _, Type).

want.sb.DHCPv6_Options(fn:uuid("DHCPv6_Options", Name)) :- dhcpv6_option(Name, _, _).
want.sb.DHCPv6_Options.name(fn:uuid("DHCPv6_Options", Name), Name) :- dhcpv6_option(Name, _, _).
want.sb.DHCPv6_Options.code(fn:uuid("DHCPv6_Options", Name), Code) :- dhcpv6_option(Name, Code, _).
want.sb.DHCPv6_Options.type(fn:uuid("DHCPv6_Options", Name), Type) :- dhcpv6_option(Name, _, Type).
