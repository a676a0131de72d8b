package ovsdb

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestTexts unescapes like the standard library, also what that library would not write itself.
func TestTexts(t *testing.T) {
	for _, text := range []string{
		`""`, `"plain"`, `"\"\\\/\b\f\n\r\t"`, `"\u0041\u00e9\u20ac"`, `"\ud83d\udc18"`, `"a\ud83d"`,
		`"\ud83d\u0041"`, `"\udc18\ud83d x"`, `"\ud83d\ud83d\udc18"`, `"\uD83D\uDC18\\"`, `"ünï 🐘"`,
		`"\u0000"`,
	} {
		var expected string
		require.NoError(t, json.Unmarshal([]byte(text), &expected), text)
		s := scanner{bytes: []byte(text + " ")}
		require.Equal(t, expected, string(s.text()), text)
		require.NoError(t, s.failure)
		require.Equal(t, len(text), s.at)
		skipped := scanner{bytes: []byte(text + " ")}
		skipped.skip()
		require.NoError(t, skipped.failure)
		require.Equal(t, len(text), skipped.at)
	}
	for _, text := range []string{``, `"`, `"\`, `"\"`, `"\u12`, `"\u12"`, `"\uxyzw"`, `"\x"`, `"\ud83d\u`, `x`} {
		s := scanner{bytes: []byte(text)}
		s.text()
		require.Error(t, s.failure, text)
	}
}

// TestNumbers reads integers of all 64 bits and reals, and refuses what is neither.
func TestNumbers(t *testing.T) {
	integers := map[string]int64{"0": 0, "-0": 0, "-1": -1, "7": 7, "9223372036854775807": math.MaxInt64,
		"-9223372036854775808": math.MinInt64, "999999999999999999": 999999999999999999, "1e3": 1000,
		"-2.0": -2, "1.5e1": 15}
	for text, expected := range integers {
		s := scanner{bytes: []byte(text)}
		require.Equal(t, expected, s.integer(), text)
		require.NoError(t, s.failure)
		require.Equal(t, len(text), s.at)
	}
	for _, text := range []string{"", "-", "x", "1.5", "1e", "1.", "9223372036854775808", "1e300", "1e999", `"1"`} {
		s := scanner{bytes: []byte(text)}
		s.integer()
		require.Error(t, s.failure, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64().Draw(t, "x")
		format := rapid.SampledFrom([]byte{'g', 'e', 'f'}).Draw(t, "format")
		text := strconv.FormatFloat(x, format, -1, 64)
		s := scanner{bytes: []byte(text)}
		if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
			return
		}
		require.Equal(t, x, s.real(), text)
		require.NoError(t, s.failure)
		n := rapid.Int64().Draw(t, "n")
		s = scanner{bytes: strconv.AppendInt(nil, n, 10)}
		require.Equal(t, n, s.integer())
	})
}

// FuzzSkip accepts nothing that the standard library finds invalid, except control characters in
// texts, and everything that it finds valid.
func FuzzSkip(f *testing.F) {
	for _, text := range []string{`{"a":[1,-2.5e+7,"x\"\\",{"b":null}],"c":true}`, `[`, `{"a"}`, `[1,]`, `01`, `"\`,
		`[false,[],{}]`, `{"a":1,}`, `-`, `nul`, ` [ ] `} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, c := range text {
			if c < ' ' {
				return
			}
		}
		s := scanner{bytes: append([]byte(nil), text...)}
		s.skip()
		accepted := s.failure == nil && s.peek() == 0 && s.at == len(s.bytes)
		valid := json.Valid(text)
		if accepted && !valid && !strings.Contains(string(text), `\`) {
			t.Fatalf("accepted: %q", text)
		}
		if valid && !accepted && strings.Count(string(text), "[")+strings.Count(string(text), "{") < maxDepth {
			t.Fatalf("refused: %q: %v", text, s.failure)
		}
		require.Equal(t, len(text), len(s.bytes))
	})
}
