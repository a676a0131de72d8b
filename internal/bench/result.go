package bench

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Result is what one workload measured; as JSON one object a workload.
type Result struct {
	Name        string  `json:"name"`
	Rows        int     `json:"rows"` // base facts and derived rows that are stored
	Seconds     float64 `json:"seconds"`
	CPUSeconds  float64 `json:"cpu_seconds"` // of the process during the load, all threads
	RowsPerS    float64 `json:"rows_per_s"`
	BytesPerRow float64 `json:"bytes_per_row"` // memory kept, by the rows
	P50us       float64 `json:"p50_us"`        // of single changes
	P99us       float64 `json:"p99_us"`
	MaxUs       float64 `json:"max_us"`
	RSSMB       float64 `json:"rss_mb"`
}

// WriteTable writes results for people.
func WriteTable(w io.Writer, results []Result) {
	fmt.Fprintf(w, "%-22s %10s %8s %8s %12s %8s %8s %8s %9s %8s\n", "workload", "rows", "seconds", "CPU s",
		"rows/s", "B/row", "p50 us", "p99 us", "max us", "RSS MB")
	for _, r := range results {
		fmt.Fprintf(w, "%-22s %10d %8.2f %8.2f %12.0f %8.1f %8.1f %8.1f %9.1f %8.0f\n", r.Name, r.Rows,
			r.Seconds, r.CPUSeconds, r.RowsPerS, r.BytesPerRow, r.P50us, r.P99us, r.MaxUs, r.RSSMB)
	}
}

// rss returns the resident memory of this process in bytes after a forced collection.
func rss() float64 {
	runtime.GC()
	debug.FreeOSMemory()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseFloat(fields[1], 64)
	return pages * float64(os.Getpagesize())
}

// cpuTime returns the processor time that this process has used, all threads.
func cpuTime() time.Duration {
	var ru syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &ru); err != nil {
		return 0
	}
	return time.Duration(ru.Utime.Nano() + ru.Stime.Nano())
}

// filled notes the figures of a bulk load that began with the process at emptyRSS.
func (r *Result) filled(rows int, took time.Duration, emptyRSS float64) {
	now := rss()
	r.Rows, r.Seconds = rows, took.Seconds()
	r.RowsPerS = float64(rows) / took.Seconds()
	r.BytesPerRow = (now - emptyRSS) / float64(rows)
	r.RSSMB = now / 1e6
}

// changes notes the figures of single changes.
func (r *Result) changes(took []time.Duration) {
	slices.Sort(took)
	us := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }
	r.P50us = us(took[len(took)/2])
	r.P99us = us(took[len(took)*99/100])
	r.MaxUs = us(took[len(took)-1])
}
