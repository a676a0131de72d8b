package function

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

var ipCases = []callCase{
	{"fn:ip", in{"10.0.0.0/8"}, "10.0.0.0/8"},
	{"fn:ip", in{"10.0.0.1"}, "10.0.0.1"},
	{"fn:ip", in{"FE80::/10"}, "fe80::/10"},
	{"fn:ip", in{"10.0.0.256"}, "error: no IPv4 or IPv6 address"},
	{"fn:ip", in{"10.0.0.0/33"}, "error: no IPv4 or IPv6 address"},
	{"fn:ip", in{"fe80::1%eth0"}, "error: no IPv4 or IPv6 address"},
	{"fn:ip", in{}, "error: text constant"},
	{":ip4", in{"10.0.0.1"}, "10.0.0.1"},
	{":ip4", in{"10.0.0.1/24"}, ""},
	{":ip4", in{"10.0.0.1 "}, ""},
	{":ip4", in{"10.0.0"}, ""},
	{":ip4", in{"fd00::1"}, ""},
	{":ip4", in{"010.0.0.08"}, "10.0.0.8"},
	{":ip4_error", in{"10.0.0.1"}, ""},
	{":ip4_error", in{"x"}, "an IPv4 address without mask is expected"},
	{":ip6", in{"FD00::0:1"}, "fd00::1"},
	{":ip6", in{"::ffff:10.0.0.1"}, "::ffff:10.0.0.1"},
	{":ip6", in{"10.0.0.1"}, ""},
	{":ip6", in{"fd00::1/64"}, ""},
	{":ip6", in{" fd00::1"}, ""},
	{":ip6", in{"fd00::1%1"}, ""},
	{":ip6_error", in{"10.0.0.1"}, "an IPv6 address without mask is expected"},
	{":ip6_error", in{"::"}, ""},
	{":ip", in{"10.0.0.1"}, "10.0.0.1"},
	{":ip", in{"10.0.0.1/24"}, "10.0.0.1/24"},
	{":ip", in{"10.0.0.1/255.255.0.0"}, "10.0.0.1/16"},
	{":ip", in{"10.0.0.1/255.0.255.0"}, ""},
	{":ip", in{"10.0.0.1/0.0.0.0"}, "10.0.0.1/0"},
	{":ip", in{"10.0.0.1/0"}, "10.0.0.1/0"},
	{":ip", in{"10.0.0.1/33"}, ""},
	{":ip", in{"10.0.0.1/33 fd00::1"}, ""},
	{":ip", in{"fd00::1/64"}, "fd00::1/64"},
	{":ip", in{"fd00::1/ffff:ffff::"}, "fd00::1/32"},
	{":ip", in{"fd00::1/ffff:ffff:ffff:ffff:ffff::"}, "fd00::1/80"},
	{":ip", in{"fd00::1/ffff:ffff:ffff:ffff:ff0f::"}, ""},
	{":ip", in{"fd00::1/::"}, "fd00::1/0"},
	{":ip", in{"fd00::1/129"}, ""},
	{":ip", in{"fd00::1/"}, ""},
	{":ip", in{""}, ""},
	{":ip_error", in{"10.0.0.1/8"}, ""},
	{":ip_error", in{"10.0.0.1/99"}, "an IPv4 or IPv6 address, with or without a mask that is a prefix " +
		"is expected"},
	{":ip4_masked", in{"10.0.0.1/255.0.0.255"}, "10.0.0.1, 255.0.0.255"},
	{":ip4_masked", in{"10.0.0.1/9"}, "10.0.0.1, 255.128.0.0"},
	{":ip4_masked", in{"10.0.0.1"}, "10.0.0.1, 255.255.255.255"},
	{":ip4_masked", in{"10.0.0.1/33"}, ""},
	{":ip4_masked", in{"fd00::1"}, ""},
	{":ip4_masked_error", in{"10.0.0.1/9"}, ""},
	{":ip4_masked_error", in{"x"}, "an IPv4 address, perhaps with a mask such as /255.255.0.0 or /16, is " +
		"expected"},
}

var ipPartCases = []callCase{
	{"fn:ip:is4", in{ipText("10.0.0.1/8")}, "/true"},
	{"fn:ip:is4", in{ipText("::ffff:10.0.0.1")}, "/false"},
	{"fn:ip:is6", in{ipText("::ffff:10.0.0.1")}, "/true"},
	{"fn:ip:is6", in{ipText("10.0.0.1")}, "/false"},
	{"fn:ip:is_host", in{ipText("10.0.0.1/32")}, "/true"},
	{"fn:ip:is_host", in{ipText("fd00::/64")}, "/false"},
	{"fn:ip:is_multicast", in{ipText("224.0.0.1")}, "/true"},
	{"fn:ip:is_multicast", in{ipText("ff02::1")}, "/true"},
	{"fn:ip:is_multicast", in{ipText("223.255.255.255")}, "/false"},
	{"fn:ip:is_multicast", in{ipText("::ffff:224.0.0.1")}, "/false"},
	{"fn:ip:is_link_local", in{ipText("fe80::1/64")}, "/true"},
	{"fn:ip:is_link_local", in{ipText("febf::1")}, "/true"},
	{"fn:ip:is_link_local", in{ipText("fec0::1")}, "/false"},
	{"fn:ip:is_link_local", in{ipText("169.254.1.1")}, "/true"},
	{"fn:ip:is_loopback", in{ipText("127.0.0.53")}, "/true"},
	{"fn:ip:is_loopback", in{ipText("::1")}, "/true"},
	{"fn:ip:is_loopback", in{ipText("::2")}, "/false"},
	{"fn:ip:is_unspecified", in{ipText("0.0.0.0/0")}, "/true"},
	{"fn:ip:is_unspecified", in{ipText("::")}, "/true"},
	{"fn:ip:is_unspecified", in{ipText("::1")}, "/false"},
	{"fn:ip:host", in{ipText("10.0.0.1/8")}, "10.0.0.1"},
	{"fn:ip:network", in{ipText("10.1.2.3/9")}, "10.0.0.0/9"},
	{"fn:ip:network", in{ipText("fd00::ffff/127")}, "fd00::fffe/127"},
	{"fn:ip:network", in{ipText("::ffff:10.0.0.1/120")}, "::ffff:10.0.0.0/120"},
	{"fn:ip:broadcast", in{ipText("10.1.2.3/22")}, "10.1.3.255"},
	{"fn:ip:broadcast", in{ipText("10.1.2.3")}, "10.1.2.3"},
	{"fn:ip:broadcast", in{ipText("fd00::1/64")}, "fd00::ffff:ffff:ffff:ffff"},
	{"fn:ip:mask", in{ipText("10.1.2.3/22")}, "255.255.252.0"},
	{"fn:ip:mask", in{ipText("10.1.2.3/0")}, "0.0.0.0"},
	{"fn:ip:mask", in{ipText("fd00::1/65")}, "ffff:ffff:ffff:ffff:8000::"},
	{"fn:ip:prefix_len", in{ipText("10.1.2.3/0")}, "0"},
	{"fn:ip:prefix_len", in{ipText("fd00::1")}, "128"},
	{"fn:ip:contains", in{ipText("10.0.0.1/8"), ipText("10.255.0.0/16")}, "/true"},
	{"fn:ip:contains", in{ipText("10.0.0.0/16"), ipText("10.0.0.0/8")}, "/false"},
	{"fn:ip:contains", in{ipText("10.0.0.0/8"), ipText("11.0.0.1")}, "/false"},
	{"fn:ip:contains", in{ipText("0.0.0.0/0"), ipText("fd00::1")}, "/false"},
	{"fn:ip:contains", in{ipText("::/0"), ipText("fd00::1")}, "/true"},
	{"fn:ip:contains", in{ipText("::/0"), ipText("10.0.0.1")}, "/false"},
}

var ipDerivedCases = []callCase{
	{"fn:ip:plus", in{ipText("10.0.0.255/8"), 1}, "10.0.1.0/8"},
	{"fn:ip:plus", in{ipText("10.0.0.0"), -1}, "9.255.255.255"},
	{"fn:ip:plus", in{ipText("255.255.255.255"), 1}, "0.0.0.0"},
	{"fn:ip:plus", in{ipText("fd00::ffff:ffff:ffff:ffff"), 1}, "fd00:0:0:1::"},
	{"fn:ip:plus", in{ipText("fd00:0:0:1::"), -1}, "fd00::ffff:ffff:ffff:ffff"},
	{"fn:ip:plus", in{ipText("::"), -1}, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
	{"fn:ip:with_prefix_len", in{ipText("10.0.0.1"), 24}, "10.0.0.1/24"},
	{"fn:ip:with_prefix_len", in{ipText("10.0.0.1/8"), 99}, "10.0.0.1"},
	{"fn:ip:with_prefix_len", in{ipText("fd00::1"), -1}, "fd00::1/0"},
	{"fn:ip:from_number", in{167772161}, "10.0.0.1"},
	{"fn:ip:from_number", in{-1}, "255.255.255.255"},
	{":ip4_number", in{ipText("10.0.0.1/8")}, "167772161"},
	{":ip4_number", in{ipText("255.255.255.255")}, "4294967295"},
	{":ip4_number", in{ipText("fd00::1")}, ""},
	{":ip6_words", in{ipText("fd00::2:0:1/64")}, "4244635648, 0, 2, 1"},
	{":ip6_words", in{ipText("10.0.0.1")}, ""},
	{"fn:ip:eui64", in{ipText("fd00:1::9/64"), m1}, "fd00:1::80b:cff:fe0d:e0f"},
	{"fn:ip:solicited_node", in{ipText("fd00::12:3456/64")}, "ff02::1:ff12:3456"},
	{"fn:ip:multicast_mac", in{ipText("ff02::1:ff12:3456")}, "33:33:ff:12:34:56"},
	{"fn:ip:multicast_mac", in{ipText("239.129.1.2")}, "01:00:5e:01:01:02"},
}

func TestIPs(t *testing.T) { run(t, ipCases) }

func TestIPParts(t *testing.T) { run(t, ipPartCases) }

func TestDerivedIPs(t *testing.T) { run(t, ipDerivedCases) }

// Whatever the usual parser takes is taken too, and means the same.
func FuzzIP(f *testing.F) {
	for _, c := range ipCases[:48] {
		if len(c.args) > 0 {
			f.Add(c.args[0].(string))
		}
	}
	f.Fuzz(func(t *testing.T, x string) {
		p, ok := readCIDR([]byte(x))
		if ok {
			require.True(t, p.IsValid())
		}
		if want, err := netip.ParsePrefix(x); err == nil {
			require.True(t, ok)
			require.Equal(t, want, p)
		}
		if want, err := netip.ParseAddr(x); err == nil && want.Zone() == "" {
			require.True(t, ok)
			require.Equal(t, want, p.Addr())
		}
	})
}
