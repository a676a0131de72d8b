package ovsdb

import (
	"strconv"
	"testing"
)

// BenchmarkInsertions builds transactions of 100 rows like logical flows.
func BenchmarkInsertions(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var transaction Transaction
		for i := range 100 {
			port := "lsp-" + strconv.Itoa(i)
			transaction.Insert(Insertion{Table: "Flow", Row: []Cell{
				{"pipeline", String("ingress")}, {"priority", Integer(int64(i))}, {"table_id", Integer(3)},
				{"match", String(`inport == "` + port + `" && eth.src == 0a:00:00:00:00:01 && ip4.src == 10.0.0.1`)},
				{"actions", String("reg0[15] = check_in_port_sec(); next;")}, {"datapath", Reference(UUID{byte(i)})},
				{"external_ids", Map(Pair{String("source"), String("northd.c:1234")},
					Pair{String("stage-name"), String("ls_in_check_port_sec")})},
				{"tags", Map(Pair{String("in_out_port"), String(port)})},
			}})
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/row")
}
