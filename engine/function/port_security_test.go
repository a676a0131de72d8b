package function

import "testing"

var portSecurityCases = []callCase{
	{":port_security_mac", in{"0a:00:00:00:00:01 10.0.0.1"}, "0a:00:00:00:00:01"},
	{":port_security_mac", in{"10.0.0.1"}, ""},
	{":port_security_mac", in{"unknown"}, ""},
	{":port_security_ip", in{"0a:00:00:00:00:01"}, ""},
	{":port_security_ip", in{"0a:00:00:00:00:01 10.0.0.1/24 10.0.0.0/255.0.0.0 fd00::/64 fd00::1"},
		"0a:00:00:00:00:01, 10.0.0.1/24; 0a:00:00:00:00:01, 10.0.0.0/8; " +
			"0a:00:00:00:00:01, fd00::/64; 0a:00:00:00:00:01, fd00::1"},
	{":port_security_ip", in{"0a:00:00:00:00:01 10.0.0.1/4294967320"}, "0a:00:00:00:00:01, 10.0.0.1/24"},
	{":port_security_ip", in{"0a:00:00:00:00:01 10.0.0.1,10.0.0.2"}, "0a:00:00:00:00:01, 10.0.0.1"},
	{":port_security_error", in{"0a:00:00:00:00:01 x"}, ""},
	{":port_security_error", in{"unknown"}, noMAC},
	{":port_security_warning", in{"0a:00:00:00:00:01 10.0.0.1/24"}, ""},
	{":port_security_warning", in{"0a:00:00:00:00:01 10.0.0.1,10.0.0.2"},
		`",10.0.0.2" is ignored: it does not begin with an IPv4 or IPv6 address, or has a mask that is no ` +
			"prefix"},
	{":port_security_warning", in{"x"}, ""},
}

func TestPortSecurity(t *testing.T) { run(t, portSecurityCases) }
