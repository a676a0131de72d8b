package match

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTemplatesAreShared makes sure that texts that differ in their constants alone have one template.
func TestTemplatesAreShared(t *testing.T) {
	var c cache
	get := func(text string) *template {
		var r reading
		require.Nil(t, r.read(text), text)
		return c.get(&r)
	}
	first := get("ip4.src == 10.0.0.1 && tcp.dst == {80, 443}")
	for _, same := range []string{"ip4.src == 10.0.0.2 && tcp.dst == {80}", "ip4.src==$as&&tcp.dst=={1 2 3,}",
		"ip4.src == 10.0.0.0/8 && tcp.dst == {0x50}"} {
		require.Same(t, first, get(same), same)
	}
	for _, other := range []string{"ip4.dst == 10.0.0.1 && tcp.dst == {80, 443}",
		"ip4.src == 10.0.0.1 && tcp.dst == 80", "ip4.src == 10.0.0.1 || tcp.dst == {80, 443}",
		"ip4.src == 10.0.0.1 && tcp.dst[0..1] == {1}", "ip4.src == 10.0.0.1 && tcp.dst[0..2] == {1}"} {
		require.NotSame(t, first, get(other), other)
	}
	require.NotSame(t, get("0"), get("1"))
}

// TestCacheIsBounded fills a cache with more templates than it may hold.
func TestCacheIsBounded(t *testing.T) {
	var c cache
	for i := range 3 * cacheSize {
		var r reading
		// Unknown fields make templates too: those of the error.
		require.Nil(t, r.read(fmt.Sprintf("field%d == 1", i)))
		require.NotNil(t, c.get(&r).err)
		require.LessOrEqual(t, len(c.young)+len(c.old), 2*cacheSize)
	}
	// Long texts soon take the place of others.
	for i := range 300 {
		var r reading
		require.Nil(t, r.read(strings.Repeat("x", 20_000)+fmt.Sprint(i)))
		require.NotNil(t, c.get(&r).err)
		require.LessOrEqual(t, c.bytes, cacheBytes)
	}
	require.Less(t, len(c.young)+len(c.old), 200)
}

// TestManyGoroutines expands the same matches on several goroutines, with the same results.
func TestManyGoroutines(t *testing.T) {
	matches := []string{"ip4.src == %d && tcp.dst == {80, 443} && ip4.dst == {1, 2}", `inport == "lsp%d" || ip`,
		"reg0 == %d && !(1 < reg1 < 9)", "(tcp.dst == %d", "icmp6.type == {%d, 255} && ip.ttl == {1, 2}"}
	want := map[string]string{}
	result := func(text string) string {
		rows, err := Expand(text, "", known.values(text, true))
		return fmt.Sprint(rows, err)
	}
	for i := range 200 {
		text := fmt.Sprintf(matches[i%len(matches)], i)
		want[text] = result(text)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for text, expected := range want {
				if got := result(text); got != expected {
					t.Errorf("%s: %s is not %s", text, got, expected)
				}
			}
		})
	}
	group.Wait()
}

// The benchmarks expand instances of templates that are known.
func BenchmarkExpand(b *testing.B) {
	values, err := ParseValues([]string{"inport lsp1 3", "outport lsp2 4"})
	require.NoError(b, err)
	for _, match := range []string{"eth.dst == 00:00:00:00:00:01",
		`inport == "lsp1" && eth.src == {00:00:00:00:00:01}`,
		"reg0[7] == 1 && ct.est && !ct.rel && ct_mark.blocked == 0",
		`outport == "lsp2" && ip4.dst == 10.0.0.0/8 && tcp.dst == 80`} {
		b.Run(match, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Expand(match, "", values); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAppendText(b *testing.B) {
	var buffer [256]byte
	b.ReportAllocs()
	for b.Loop() {
		if _, fits := AppendText(buffer[:0], "tcp,reg14=0x3,%m,%e:nw_src,tp_dst=80", 5, 0, "10.0.0.0/24"); !fits {
			b.Fatal("it does not fit")
		}
	}
}
