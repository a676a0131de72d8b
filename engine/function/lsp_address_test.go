package function

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/relations"
)

// readings is how ovn-northd 23.03.1 reads elements of a port's addresses, found by giving each
// to a port of its own on an otherwise empty switch and looking at that port's flows for
// destination lookup and for ARP and ND replies. M stands for 0a:00:00:00:00:01; an empty mac
// means that there was no flow.
var readings = []struct{ text, mac, ips string }{
	{"M", "M", ""},
	{"M 10.0.0.1", "M", "10.0.0.1"},
	{"M 10.0.0.1 10.0.0.2 fd00::1", "M", "10.0.0.1 10.0.0.2 fd00::1"},
	{"M  10.0.0.1   10.0.0.2", "M", "10.0.0.1 10.0.0.2"},
	{"M 10.0.0.1 ", "M", "10.0.0.1"},
	{" M 10.0.0.1", "M", "10.0.0.1"},
	{"M\t10.0.0.1\n10.0.0.2", "M", "10.0.0.1 10.0.0.2"},
	{"M\v10.0.0.1\f10.0.0.2\r10.0.0.3", "M", "10.0.0.1 10.0.0.2 10.0.0.3"},
	{"M\u00a010.0.0.1", "M", ""},
	{"M,10.0.0.1", "M", ""},
	{"M 10.0.0.1,10.0.0.2", "M", "10.0.0.1"},
	{"M 10.0.0.1 garbage 10.0.0.2", "M", "10.0.0.1"},
	{"M garbage 10.0.0.1", "M", ""},
	{"Mgarbage", "M", ""},
	{"M10.0.0.1", "0a:00:00:00:00:10", ""},
	{"M 10.0.0.1garbage", "M", "10.0.0.1"},
	{"M 10.0.0.1/24", "M", "10.0.0.1"},
	{"M 10.0.0.1/33", "M", ""},
	{"M 10.0.0.1/33 fd00::1", "M", "fd00::1"},
	{"M 10.0.0.1/33 10.0.0.2", "M", ""},
	{"M 10.0.0.1/-1", "M", ""},
	{"M 10.0.0.1/255.255.255.0", "M", "10.0.0.1"},
	{"M 10.0.0.1/255.0.255.0", "M", ""},
	{"M 10.0.0.1/255.0.255.0 fd00::9", "M", "fd00::9"},
	{"M 10.0.0.1/", "M", "10.0.0.1"},
	{"M 10.0.0.1/ 24", "M", "10.0.0.1"},
	{"M 10.0.0.1 /24", "M", "10.0.0.1"},
	{"M 10.0.0.1/24 10.0.0.3/8", "M", "10.0.0.1 10.0.0.3"},
	{"M 10.0.0.256", "M", "10.0.0.0"},
	{"M 10.0.0.300 10.0.0.2", "M", "10.0.0.2 10.0.0.44"},
	{"M 010.0.0.1", "M", "10.0.0.1"},
	{"M 0x0a.0.0.1", "M", ""},
	{"M 10.0.0.-1", "M", "10.0.0.255"},
	{"M 10.0.0", "M", ""},
	{"M 10. 0. 0. 1", "M", "10.0.0.1"},
	{"M 10.0.0.1.2.3.4.5", "M", "10.0.0.1"},
	{"M +10.0.0.1", "M", "10.0.0.1"},
	{"M FD00::A", "M", "fd00::a"},
	{"M fd00::1/64", "M", "fd00::1"},
	{"M fd00::1/129", "M", ""},
	{"M fd00::1/129 10.0.0.4", "M", ""},
	{"M fd00::1/ffff::", "M", "fd00::1"},
	{"M fd00::1/ff0f::", "M", ""},
	{"M fd00::1/ff0f:: 10.0.0.4", "M", ""},
	{"M fd00::1/zz", "M", "fd00::1"},
	{"M fd00:::1", "M", ""},
	{"M fd00::1/64 10.0.0.1", "M", "10.0.0.1 fd00::1"},
	{"Mfd00::1", "0a:00:00:00:00:00", "::1"},
	{"M ::ffff:10.0.0.1", "M", "::ffff:10.0.0.1"},
	{"M ::", "M", "::"},
	{"M fd00::1%eth0", "M", "fd00::1"},
	{"M fd00::1fd00::2", "M", ""},
	{"M fd00::1/ 64", "M", "fd00::1"},
	{"M fd00::1/+64", "M", "fd00::1"},
	{"M fd00::1.2.3.4", "M", "fd00::102:304"},
	{"M 10.0.0.1fd00::1", "M", "10.0.0.1 fd00::1"},
	{"M 10.0.0.110.0.0.2", "M", "10.0.0.110"},
	{"M 10.0.0.1-10.0.0.5", "M", "10.0.0.1 246.0.0.5"},
	{"0A:0B:0C:0D:0E:0F 10.0.0.1", "0a:0b:0c:0d:0e:0f", "10.0.0.1"},
	{"a:b:c:d:e:f 10.0.0.1", "0a:0b:0c:0d:0e:0f", "10.0.0.1"},
	{"0a:00:00:00:00:1ff", "0a:00:00:00:00:ff", ""},
	{"0xM", "M", ""},
	{"0a: 00:00:00:00:01 10.0.0.1", "M", "10.0.0.1"},
	{"0a :00:00:00:00:01", "", ""},
	{"-1:00:00:00:00:01", "ff:00:00:00:00:01", ""},
	{"+1:00:00:00:00:01", "01:00:00:00:00:01", ""},
	{"0a:00:00:00:00", "", ""},
	{"0a-00-00-00-00-01", "", ""},
	{"0a0000000001", "", ""},
	{"10.0.0.1", "", ""},
	{"fd00::1", "", ""},
	{"", "", ""},
	{"g0:00:00:00:00:01", "", ""},
	{"M:02", "M", ""},
	{"M/ff:ff:ff:ff:ff:ff", "M", ""},
	{"01:00:00:00:00:01 10.0.0.1", "01:00:00:00:00:01", "10.0.0.1"},
	{"0x:00:00:00:00:01", "", ""},
	{"0a:00:00:00:00:0x1 10.0.0.1", "M", "10.0.0.1"},
	{"0a:00:00:00:00:0x 10.0.0.1", "", ""},
	{"M 10.0.0.08", "M", "10.0.0.8"},
	{"M 10.0.0.0x", "M", "10.0.0.0"},
	{"M 10.0.0.1/010", "M", "10.0.0.1"},
	{"M 10.0.0.1/0x8", "M", "10.0.0.1"},
	{"M 10.0.0.1/4294967320", "M", "10.0.0.1"},
	{"M 10.0.0.1/24.0.0.0", "M", ""},
	{"M 10.0.0.1/24.5", "M", "10.0.0.1"},
	{"M 10.0.0.1/24abc 10.0.0.2", "M", "10.0.0.1"},
	{"M 1111111111111111111111110.0.0.1", "M", "198.0.0.1"},
	{"M fd00::1/64.5 10.0.0.1", "M", "fd00::1"},
	{"M 00000:0:0:0:0:0:0:1", "M", ""},
	{"M fd00::1:fd00:fd00:fd00:fd00:fd00:fd00:fd00:fd00:fd00:fd00:fd00 10.0.0.1", "M", ""},
	{"M dynamic", "M", ""},
	{"Mdynamic", "0a:00:00:00:00:1d", ""},
	{"M 10.0.0.1 dynamic", "M", "10.0.0.1"},
	{"unknown", "", ""},
	{"router", "", ""},
	{"dynamic", "", ""},
	{"dynamic 10.0.0.9", "", ""},
}

func withMAC(t string) string { return strings.ReplaceAll(t, "M", "0a:00:00:00:00:01") }

func lspAddressCases() (cases []callCase) {
	for _, r := range readings {
		cases = append(cases, callCase{":lsp_address_mac", in{withMAC(r.text)}, withMAC(r.mac)})
	}
	const garbage = `"garbage 10.0.0.2" is ignored: it does not begin with an IPv4 or IPv6 address, or has a ` +
		"mask that is no prefix"
	refused := strings.Replace(garbage, "garbage 10.0.0.2", "10.0.0.1/33", 1)
	for _, c := range [][3]string{
		{":lsp_address", "M 10.0.0.1/8 fd00::1", "M, 10.0.0.1; M, fd00::1"},
		{":lsp_address", "M", ""},
		{":lsp_address_error", "M", ""},
		{":lsp_address_error", "M dynamic", ""},
		{":lsp_address_error", "dynamic 10.0.0.1", ""},
		{":lsp_address_error", "router", ""},
		{":lsp_address_error", "unknown", ""},
		{":lsp_address_error", "unknown ", noMAC + ` and is none of "unknown", "router" and "dynamic"`},
		{":lsp_address_warning", "M 10.0.0.1 fd00::1 ", ""},
		{":lsp_address_warning", "M 10.0.0.1 garbage 10.0.0.2", garbage},
		{":lsp_address_warning", "M 10.0.0.1/33 fd00::1", refused},
		{":lsp_address_warning", "M 10.0.0.1/33", refused},
		{":lsp_address_warning", "M dynamic", ""},
		{":lsp_address_warning", "unknown", ""},
		{":lsp_address_warning", "10.0.0.1", ""},
		{"fn:lsp_address:kind", "M 10.0.0.1", "/address"},
		{"fn:lsp_address:kind", "unknown", "/unknown"},
		{"fn:lsp_address:kind", "Unknown", "/invalid"},
		{"fn:lsp_address:kind", "unknown ", "/invalid"},
		{"fn:lsp_address:kind", "router", "/router"},
		{"fn:lsp_address:kind", "", "/invalid"},
		// Which texts the reference allocates addresses for was seen on a switch with a subnet.
		{"fn:lsp_address:kind", "dynamic", "/dynamic"},
		{"fn:lsp_address:kind", "dynamic 10.0.0.9", "/dynamic"},
		{"fn:lsp_address:kind", "dynamic  10.0.0.9", "/dynamic"},
		{"fn:lsp_address:kind", "dynamic10.0.0.9", "/dynamic"},
		{"fn:lsp_address:kind", "dynamic 10.0.0.9 fd00::9", "/dynamic"},
		{"fn:lsp_address:kind", "dynamic fd00::9", "/dynamic"},
		{"fn:lsp_address:kind", "dynamic :", "/dynamic"},
		{"fn:lsp_address:kind", "dynamic garbage", "/invalid"},
		{"fn:lsp_address:kind", "dynamic ", "/invalid"},
		{"fn:lsp_address:kind", "M dynamic", "/dynamic"},
		{"fn:lsp_address:kind", "M  dynamic", "/dynamic"},
		{"fn:lsp_address:kind", "M dynamic ", "/address"},
		{"fn:lsp_address:kind", "M 10.0.0.1 dynamic", "/address"},
	} {
		cases = append(cases, callCase{c[0], in{withMAC(c[1])}, withMAC(c[2])})
	}
	return cases
}

func TestLSPAddresses(t *testing.T) { run(t, lspAddressCases()) }

func TestLSPAddressesReadAsInTheReference(t *testing.T) {
	s, p := relations.NewStore(), Default().Predicates[":lsp_address"]
	for _, r := range readings {
		var ips []string
		p.Eval(s, []relations.Value{s.String(withMAC(r.text))}, func(out []relations.Value) {
			require.Equal(t, withMAC(r.mac), s.Text(mac, out[0]))
			ips = append(ips, s.Text(ip, out[1]))
		})
		slices.Sort(ips)
		require.Equal(t, r.ips, strings.Join(ips, " "), "%q", r.text)
	}
}

// Any text is read without trouble: what is read is valid, and something is always said of it.
func FuzzPortAddress(f *testing.F) {
	for _, r := range readings {
		f.Add(withMAC(r.text))
	}
	f.Fuzz(func(t *testing.T, x string) {
		n := 0
		m, ignored, ok := readPortAddress([]byte(x), func(p netip.Prefix) {
			require.True(t, p.IsValid())
			n++
		})
		require.Less(t, m, uint64(1<<48))
		require.Equal(t, ok, lspAddressKind([]byte(x)) == addressKind ||
			ok && lspAddressKind([]byte(x)) == dynamicKind)
		if !ok {
			require.Zero(t, n)
			require.Empty(t, ignored)
		}
		require.Contains(t, x, string(ignored))
		require.LessOrEqual(t, n, len(x)/2)
	})
}
