package function

import "testing"

const m1 = macText("0a:0b:0c:0d:0e:0f")

var macCases = []callCase{
	{"fn:mac", in{"0a:0b:0c:0d:0e:0f"}, "0a:0b:0c:0d:0e:0f"},
	{"fn:mac", in{"0A:0b:0c:0d:0e:0f"}, "error: no Ethernet address"},
	{"fn:mac", in{"a:b:c:d:e:f"}, "error: no Ethernet address"},
	{"fn:mac", in{"x"}, "error: no Ethernet address"},
	{"fn:mac", in{}, "error: text constant"},
	{":mac", in{"0A:0b:0C:0d:0e:0F"}, "0a:0b:0c:0d:0e:0f"},
	{":mac", in{"a:b:c:d:e:f"}, "0a:0b:0c:0d:0e:0f"},
	{":mac", in{"0a:0b:0c:0d:0e"}, ""},
	{":mac", in{"0a:0b:0c:0d:0e:0f:00"}, ""},
	{":mac", in{"0a:0b:0c:0d:0e:0f "}, ""},
	{":mac", in{""}, ""},
	{":mac_error", in{"0a:0b:0c:0d:0e:0f"}, ""},
	{":mac_error", in{"router"}, macForm},
	{":mac_start", in{"a:b:c:d:e:f and more"}, "0a:0b:0c:0d:0e:0f"},
	{":mac_start", in{"more a:b:c:d:e:f"}, ""},
	{":mac_start_error", in{"a:b:c:d:e:f and more"}, ""},
	{":mac_start_error", in{""}, noMAC},
	{":mac_prefix", in{"0A:b:0c"}, "0a:0b:0c"},
	{":mac_prefix", in{"0a:0b:0c:0d:0e:0f"}, "0a:0b:0c"},
	{":mac_prefix", in{"0a:0b"}, ""},
	{":mac_prefix_error", in{"0a:0b:0c"}, ""},
	{":mac_prefix_error", in{"x"}, "it does not begin with three hexadecimal bytes with colons between them"},
	{"fn:mac:is_multicast", in{macText("01:00:5e:00:00:01")}, "/true"},
	{"fn:mac:is_multicast", in{m1}, "/false"},
	{"fn:mac:is_multicast", in{macText("ff:ff:ff:ff:ff:ff")}, "/true"},
	{"fn:mac:is_broadcast", in{macText("ff:ff:ff:ff:ff:ff")}, "/true"},
	{"fn:mac:is_broadcast", in{macText("ff:ff:ff:ff:ff:fe")}, "/false"},
	{"fn:mac:is_zero", in{macText("00:00:00:00:00:00")}, "/true"},
	{"fn:mac:is_zero", in{m1}, "/false"},
	{"fn:mac:to_number", in{m1}, "11042563100175"},
	{"fn:mac:from_number", in{11042563100175}, "0a:0b:0c:0d:0e:0f"},
	{"fn:mac:from_number", in{-1}, "ff:ff:ff:ff:ff:ff"},
	{"fn:mac:eui64_lla", in{m1}, "fe80::80b:cff:fe0d:e0f"},
	{"fn:mac:eui64_lla", in{macText("02:00:00:00:00:01")}, "fe80::ff:fe00:1"},
}

func TestMACs(t *testing.T) { run(t, macCases) }
