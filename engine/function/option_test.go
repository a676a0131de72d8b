package function

import "testing"

// optionCases is how ovn-northd 23.03.1 reads options:requested-tnl-key, options:svc_monitor_mac
// and options:mac_prefix, found by setting them.
var optionCases = []callCase{
	{":option_number", in{"17"}, "17"},
	{":option_number", in{" \t17"}, "17"},
	{":option_number", in{"+8"}, "8"},
	{":option_number", in{"-3"}, "-3"},
	{":option_number", in{"010"}, "10"},
	{":option_number", in{"2147483647"}, "2147483647"},
	{":option_number", in{"-2147483648"}, "-2147483648"},
	{":option_number", in{"2147483648"}, ""},
	{":option_number", in{"-2147483649"}, ""},
	{":option_number", in{"99999999999999999999999"}, ""},
	{":option_number", in{""}, ""},
	{":option_number", in{"+"}, ""},
	{":option_number", in{"9x"}, ""},
	{":option_number", in{"0x20"}, ""},
	{":option_number", in{"9 "}, ""},
	{":option_number", in{"- 9"}, ""},
	{":option_mac", in{"0A:0b:0C:00:00:0F"}, "0a:0b:0c:00:00:0f"},
	{":option_mac", in{"2:0:0:0:0:1 and more"}, "02:00:00:00:00:01"},
	{":option_mac", in{"02:00:00:00:00"}, ""},
	{":option_mac_prefix", in{"0A:0b:0C"}, "0a:0b:0c"},
	{":option_mac_prefix", in{"0A:0b:0C:00:00:0F"}, "0a:0b:0c"},
	{":option_mac_prefix", in{"zz"}, ""},
	{":option_mac_prefix", in{"0a:0b"}, ""},
}

func TestOptions(t *testing.T) { run(t, optionCases) }
