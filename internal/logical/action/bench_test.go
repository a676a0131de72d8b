package action

import (
	"testing"

	"woven/engine/function"
	"woven/relations"
)

// BenchmarkText is what a flow costs whose template is known.
func BenchmarkText(b *testing.B) {
	r := function.NewRegistry()
	Add(r)
	f := r.Funcs["fn:action_text"]
	for _, c := range []struct{ name, actions, value string }{
		{"next", `next;`, ""},
		{"output", `outport = "lsp1"; output;`, "port lsp1 1"},
		{"registers", `reg0[0] = 1; reg8[16] = 1; next;`, ""},
		{"commit", `ct_commit { ct_mark.blocked = 0; ct_label.label = 7; }; next;`, "capability ct_zero_snat true"},
		{"ARP reply", `eth.dst = eth.src; eth.src = 00:00:00:00:01:02; arp.op = 2; arp.tha = arp.sha; ` +
			`arp.sha = 00:00:00:00:01:02; arp.tpa = arp.spa; arp.spa = 10.0.0.1; outport = inport; ` +
			`flags.loopback = 1; output;`, ""},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := relations.NewStore()
			var values []relations.Value
			if c.value != "" {
				values = append(values, s.String(c.value))
			}
			args := []relations.Value{s.String(c.actions), s.String("ingress"), s.Number(3),
				s.String("switch"), s.List(relations.T(relations.String), values)}
			b.ReportAllocs()
			for b.Loop() {
				f.Eval(s, args)
			}
		})
	}
}
