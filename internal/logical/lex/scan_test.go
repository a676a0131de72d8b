package lex

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// describe writes tokens in a form that shows everything about them but their places.
func describe(tokens []Token) string {
	var words []string
	for i := range tokens {
		switch t := &tokens[i]; t.Kind {
		case End:
		case Identifier:
			words = append(words, t.Text)
		case String:
			words = append(words, fmt.Sprintf("%q", t.Text))
		case Integer, Masked:
			words = append(words, fmt.Sprintf("%s:%s", [...]string{"dec", "hex", "ip4", "ip6",
				"eth"}[t.Format], AppendConstant(nil, t)))
		case AddressSet, PortGroup, Template:
			words = append(words, fmt.Sprintf("<%s>", t.Text))
		default:
			words = append(words, t.Kind.String())
		}
	}
	return strings.Join(words, " ")
}

func TestScan(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    ``,
		" \t\r\n":                             ``,
		"ip4.src==10.0.0.1":                   `ip4.src == ip4:10.0.0.1`,
		"a.b_c1 _x abc":                       `a.b_c1 _x abc`,
		"0..15 1..2":                          `dec:0 .. dec:15 dec:1 .. dec:2`,
		"1.2.3.4:80":                          `ip4:1.2.3.4 : dec:80`,
		"[fe80::1]:80":                        `[ ip6:fe80::1 ] : dec:80`,
		"::ffff:1.2.3.4 ::":                   `ip6:::ffff:1.2.3.4 ip6:::`,
		"abc:def::1 abcd":                     `ip6:abc:def::1 abcd`,
		"00:11:22:33:44:5F":                   `eth:00:11:22:33:44:5f`,
		"00:11:22:33:44:55/ff:0:0:0:0:0":      ``,
		"ff:ff:ff:00:00:01/ff:ff:ff:00:00:00": `eth:ff:ff:ff:00:00:00/ff:ff:ff:00:00:00`,
		"10.1.2.3/8 10.1.2.3/255.0.0.255":     `ip4:10.0.0.0/8 ip4:10.0.0.3/255.0.0.255`,
		"10.1.2.3/32 1.2.3.4/0":               `ip4:10.1.2.3 ip4:0.0.0.0/0`,
		"fe80::1/10 fe80::1/128":              `ip6:fe80::/10 ip6:fe80::1`,
		"fe80::1/ffff::1":                     `ip6:fe80::1/ffff::1`,
		"0xFf/0xf0 0/0x1234 7/3":              `hex:0xf0/0xf0 hex:0x0/0x1234 dec:3/3`,
		"18446744073709551615":                `dec:18446744073709551615`,
		"0x0000000000000000000000000000000000000000000001": `hex:0x1`,
		"0xffffffffffffffffffffffffffffffff":               `hex:0xffffffffffffffffffffffffffffffff`,
		`"a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"`:            `"a\"\\/\b\f\n\r\té😀"`,
		`"lsp, é" "" `:                                     `"lsp, é" ""`,
		"$as1 @pg.2 ^t_1":                                  `<as1> <pg.2> <t_1>`,
		"a // b\n/* c */d/**/e // f":                       `a d e`,
		"<-> <= < > >= == = != ! && || -- - ,":             `<-> <= < > >= == = != ! && || -- - ,`,
		"(){}[];:":                                         `( ) { } [ ] ; :`,
		"ip.ttl--;":                                        `ip.ttl -- ;`,
		"a..b":                                             `a..b`,
	} {
		tokens, err := Scan(nil, text)
		if want == "" && strings.TrimSpace(text) != "" {
			require.NotNil(t, err, text)
			continue
		}
		require.Nil(t, err, text)
		require.Equal(t, want, describe(tokens), text)
		last := tokens[len(tokens)-1]
		require.Equal(t, Token{Start: int32(len(text)), End: int32(len(text))}, last, text)
		for _, token := range tokens[:len(tokens)-1] {
			require.Less(t, token.Start, token.End, text)
		}
	}
}

func TestScanErrors(t *testing.T) {
	for text, want := range map[string]string{
		".y":                                   `no name begins with a dot`,
		"a & b":                                `at character 3, "&": write &&`,
		"a | b":                                `at character 3, "|": write ||`,
		"a / b":                                `at character 3, "/": a / stands only`,
		"a == 'b'":                             `at character 6, "'": write texts in double quotes`,
		"é":                                    `only texts in double quotes`,
		"a # b":                                `at character 3, "#": no token begins`,
		`"abc`:                                 `at character 1, "\"abc": the text does not end`,
		`"abc\`:                                `the text does not end`,
		`"a\x"`:                                `at character 3, "\\x": this escape is unknown`,
		`"\u12"`:                               `\u needs four`,
		`"\ud800"`:                             `\u needs four`,
		`"\u0000"`:                             `zero is not allowed`,
		"a /* b\n */":                          `at character 3, "/*": the comment does not end on its line`,
		"$ as":                                 `at character 1, "$": the name of an address set has to follow`,
		"@1":                                   `the name of a port group`,
		"^":                                    `the name of a template variable`,
		"012":                                  `at character 1, "012": decimal numbers have no zeros before them`,
		"18446744073709551616":                 `at most 64 bits`,
		"184467440737095516150":                `at most 64 bits`,
		"0x":                                   `hexadecimal digits have to follow 0x`,
		"0xg":                                  `hexadecimal digits are`,
		"0x100000000000000000000000000000000":  `at most 128 bits`,
		"1.2.3":                                `this is no number`,
		"1.2.3.4.5":                            `this is no number`,
		"1.2.03.4":                             `this is no number`,
		"1.2.3.256":                            `this is no number`,
		"12a":                                  `this is no number`,
		"fe80::1::2":                           `this is no number`,
		"00:11:22:33:44:5":                     `this is no number`,
		"10.0.0.1/":                            `at the end: a number or an address has to follow`,
		"10.0.0.1/ 8":                          `a number or an address has to follow`,
		"10.0.0.1/33":                          `the mask does not fit`,
		"10.0.0.1/0xff":                        `the mask does not fit`,
		"fe80::/129":                           `the mask does not fit`,
		"1/0x1":                                `the mask does not fit`,
		strings.Repeat(" ", MaxLength+1):       `the text has 1048577 bytes`,
		"aaaa == `" + strings.Repeat("x", 100): "no token begins",
		`"` + strings.Repeat("é", 50):          "ééé…\"",
	} {
		_, err := Scan(nil, text)
		require.NotNil(t, err, text)
		require.Contains(t, err.Error(), want)
	}
}

func FuzzScan(f *testing.F) {
	for _, text := range []string{`ip4.src == {10.0.0.1/8, $as} && inport == "a\u00e9"`, "0x1/0x3", "..", "::1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens, err := Scan(nil, text)
		if err != nil {
			require.LessOrEqual(t, err.At, len(text))
			require.NotEmpty(t, err.Why)
			return
		}
		require.Equal(t, End, tokens[len(tokens)-1].Kind)
		for i := range tokens[:len(tokens)-1] {
			token := &tokens[i]
			require.Less(t, token.Start, token.End)
			require.LessOrEqual(t, token.End, tokens[i+1].Start)
			if token.Kind != Integer && token.Kind != Masked {
				continue
			}
			spelled := string(AppendConstant(nil, token))
			again, err := Scan(nil, spelled)
			require.Nil(t, err, spelled)
			require.Equal(t, spelled, string(AppendConstant(nil, &again[0])))
			require.Equal(t, token.Value, again[0].Value, spelled)
		}
	})
}
