package action

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/logical/lex"
)

func tokensOf(t *testing.T, text string) []lex.Token {
	t.Helper()
	tokens, err := lex.Scan(nil, text)
	require.Nil(t, err)
	return tokens
}

// Texts that differ in their constants alone share a template, others do not.
func TestTemplateKeys(t *testing.T) {
	keys := map[string]string{}
	for _, text := range []string{`reg0 = 1;`, `reg1 = 1;`, `reg0[1] = 1;`, `reg0[2] = 1;`,
		`reg0[258] = 1;`, `reg0[1..2] = 1;`, `reg0[1..3] = 1;`, `reg0 = 0x1;`, `reg0 = 1.2.3.4;`,
		`reg0 = 1/1;`, `reg0 = "1";`, `reg0 = $a;`, `reg0 = $b;`, `reg0 = reg1;`, `reg0 <-> reg1;`,
		`ct_lb(backends=[::1]:1);`, `ct_lb(backends=[1.2.3.4]:1);`, `next; next;`, `nextnext;`} {
		key := string(appendKey(nil, tokensOf(t, text)))
		require.NotContains(t, keys, key, text)
		keys[key] = text
	}
	for text, same := range map[string]string{`reg0 = 7;`: `reg0 = 1;`, `reg0 = 0xff ; `: `reg0 = 0x1;`,
		`reg0 = 10.0.0.1;`: `reg0 = 1.2.3.4;`, `/* */ reg0="x";`: `reg0 = "1";`,
		`ct_lb(backends=[::2]:2);`: `ct_lb(backends=[::1]:1);`} {
		require.Equal(t, same, keys[string(appendKey(nil, tokensOf(t, text)))], text)
	}
}

// A cache keeps what is used, and no more than its limit twice.
func TestCacheForgets(t *testing.T) {
	c := newCache(100)
	kept := c.get(tokensOf(t, "next; output;"))
	for i := range 1000 {
		require.Same(t, kept, c.get(tokensOf(t, "next; output;")))
		c.get(tokensOf(t, fmt.Sprintf("reg0[0..%d] = reg1[0..%d];", i, i)))
		size := 0
		for _, generation := range []map[string]*template{c.young, c.old} {
			for _, template := range generation {
				size += template.size
			}
		}
		require.LessOrEqual(t, size, 200)
	}
	huge := tokensOf(t, strings.Repeat("next;", 100))
	require.NotSame(t, c.get(huge), c.get(huge))
}

// Many goroutines compile at once, with a cache that is too small for all.
func TestCacheIsShared(t *testing.T) {
	old := templates
	templates = newCache(200)
	defer func() { templates = old }()
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 300 {
				n := (i + 7*g) % 31
				p, err := Parse(fmt.Sprintf("reg0[%d] = %d; next;", n, i&1))
				if err != nil {
					t.Error(err)
					return
				}
				c, err := p.Compile(Place{}, NewValues())
				if err != nil || len(c.Actions) != 2 {
					t.Error(c, err)
				}
			}
		})
	}
	all.Wait()
}
