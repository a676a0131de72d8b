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

// readPortSecurity is how ovn-controller 23.03.1 reads port_security, found by giving each text to a
// port and looking at the flows of tables 73 and 75.
var readPortSecurity = [][2]string{
	{"10.0.0.1,10.0.0.2", "10.0.0.1"},
	{"10.0.0.1/24 garbage 10.0.0.3", "10.0.0.1/24"},
	{"10.0.0.0/255.255.0.0", "10.0.0.0/16"},
	{"10.0.0.1/33 fd00::1/64", "fd00::1/64"},
	{"fd00::1/129 10.0.0.5", ""},
	{"10.0.0.300", "10.0.0.44"},
	{"fd00::/ffff::", "fd00::/16"},
}

func TestPortSecurityReadsAsInTheReference(t *testing.T) {
	const m = "0a:00:00:00:00:01"
	for _, c := range readPortSecurity {
		want := c[1]
		if want != "" {
			want = m + ", " + want
		}
		run(t, []callCase{{":port_security_ip", in{m + " " + c[0]}, want},
			{":port_security_mac", in{m + " " + c[0]}, m}})
	}
	run(t, []callCase{{":port_security_mac", in{"junk " + m}, ""},
		{":port_security_ip", in{m + "/ff:ff:ff:00:00:00 10.0.0.9"}, ""}})
}

func TestPortSecurity(t *testing.T) { run(t, portSecurityCases) }
