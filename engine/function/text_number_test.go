package function

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var textNumberCases = []callCase{
	{":number", in{"0"}, "0"},
	{":number", in{"-17"}, "-17"},
	{":number", in{"+17"}, "17"},
	{":number", in{"007"}, "7"},
	{":number", in{"0x1F"}, "31"},
	{":number", in{"-0XfF"}, "-255"},
	{":number", in{"9223372036854775807"}, "9223372036854775807"},
	{":number", in{"-9223372036854775808"}, "-9223372036854775808"},
	{":number", in{"-0x8000000000000000"}, "-9223372036854775808"},
	{":number", in{"9223372036854775808"}, ""},
	{":number", in{"0xffffffffffffffff"}, ""},
	{":number", in{""}, ""},
	{":number", in{"-"}, ""},
	{":number", in{"--1"}, ""},
	{":number", in{"+-1"}, ""},
	{":number", in{"0x"}, ""},
	{":number", in{"0x-1"}, ""},
	{":number", in{" 1"}, ""},
	{":number", in{"1_000"}, ""},
	{":number", in{"1.0"}, ""},
	{":number", in{"1e3"}, ""},
	{":number_error", in{"12"}, ""},
	{":number_error", in{"x"}, notANumber},
	{":number_error", in{"99999999999999999999"}, "the number does not fit into 64 bits with a sign"},
	{":option_number", in{"17"}, "17"},
	{":option_number", in{" \t+017"}, "17"},
	{":option_number", in{"-2147483648"}, "-2147483648"},
	{":option_number", in{"2147483648"}, ""},
	{":option_number", in{"0x10"}, ""},
	{":option_number", in{"17 "}, ""},
	{":option_number", in{"- 9"}, ""},
	{":option_number", in{"+"}, ""},
	{":option_number", in{"99999999999999999999999"}, ""},
	{":option_number", in{"1_0"}, ""},
	{":option_number", in{""}, ""},
	{":option_number_error", in{"17"}, ""},
	{":option_number_error", in{"x"}, "a decimal number from -2147483648 to 2147483647 is expected"},
	{"fn:number:to_string", in{-5}, "-5"},
	{"fn:number:to_string", in{1 << 40}, "1099511627776"},
	{"fn:number:to_hex", in{255}, "ff"},
	{"fn:number:to_hex", in{-1}, "ffffffffffffffff"},
	{"fn:number:to_c_hex", in{0}, "0"},
	{"fn:number:to_c_hex", in{255}, "0xff"},
	{"fn:number:to_c_hex", in{-1}, "0xffffffffffffffff"},
}

func TestTextNumbers(t *testing.T) { run(t, textNumberCases) }

func FuzzNumber(f *testing.F) {
	for _, c := range textNumberCases[:21] {
		f.Add(c.args[0].(string))
	}
	f.Fuzz(func(t *testing.T, x string) {
		n, why := parseNumber([]byte(x))
		digits, base := strings.TrimLeft(x, "+-"), 10
		if rest, ok := strings.CutPrefix(strings.ToLower(digits), "0x"); ok {
			digits, base = rest, 16
		}
		want, ok := new(big.Int).SetString(digits, base)
		if ok && strings.HasPrefix(x, "-") {
			want.Neg(want)
		}
		ok = ok && len(x)-len(strings.TrimLeft(x, "+-")) <= 1 && want.IsInt64() &&
			!strings.ContainsAny(digits, "+-")
		require.Equal(t, ok, why == "", "%q", x)
		if ok {
			require.Equal(t, want.Int64(), n, "%q", x)
		}
	})
}
