package lex

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSubstitute(t *testing.T) {
	values := map[string]string{"vip": "10.0.0.1", "port": "80", "set": "{10.0.0.1, 10.0.0.2}", "none": ""}
	valueOf := func(name string) (string, bool) {
		value, ok := values[name]
		return value, ok
	}
	for text, want := range map[string]string{
		"":                                  "",
		"ip4.dst == 10.0.0.1":               "ip4.dst == 10.0.0.1",
		"ip4.dst == ^vip && tcp.dst==^port": "ip4.dst == 10.0.0.1 && tcp.dst==80",
		"ct_lb(backends=^vip:^port);":       "ct_lb(backends=10.0.0.1:80);",
		"ip4.dst == ^set":                   "ip4.dst == {10.0.0.1, 10.0.0.2}",
		"ip4.dst == ^unknown":               "ip4.dst == unknown",
		"a ^none b":                         "a  b",
		`inport == "^vip" // ^vip`:          `inport == "^vip" // ^vip`,
		`inport == "^vip`:                   `inport == "^vip`,
		"ip4.dst == ^":                      "ip4.dst == ^",
	} {
		require.Equal(t, want, Substitute(text, valueOf), text)
	}
	var names []string
	Templates("^a && ^b || ^a", func(name string) { names = append(names, name) })
	require.Equal(t, []string{"a", "b", "a"}, names)
}
