package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"
)

// NorthdResult is what the northd benchmark measured of one program; as JSON one object a
// program.
type NorthdResult struct {
	Program  string         `json:"program"`
	Scenario string         `json:"scenario"`
	Flows    int            `json:"flows"`        // rows of Logical_Flow after the cold start
	ColdWall float64        `json:"cold_seconds"` // from start to sb_cfg
	ColdCPU  float64        `json:"cold_cpu_seconds"`
	RSSMB    float64        `json:"rss_mb"`
	Changes  []ChangeResult `json:"changes"`
}

// ChangeResult is the cost of one kind of change.
type ChangeResult struct {
	Kind    string  `json:"kind"`
	Samples int     `json:"samples"`
	CPUms   float64 `json:"cpu_ms"` // mean, all threads, garbage collection included
	P99ms   float64 `json:"cpu_p99_ms"`
	Wallms  float64 `json:"wall_ms"` // mean, from the write until sb_cfg
}

// NorthdOptions says what to measure.
type NorthdOptions struct {
	Programs []string // paths; the first is the one that is looked at, others are references
	Flows    int      // how many logical flows the scenario should have, about
	Samples  int      // changes of each kind for the first program; references get a tenth
}

// Northd runs the scenario tenants with every program in turn, each on fresh databases with the
// same content.
func Northd(o NorthdOptions, progress io.Writer) ([]NorthdResult, error) {
	var out []NorthdResult
	for i, program := range o.Programs {
		samples := o.Samples
		if i > 0 {
			samples = max(3, samples/10)
		}
		r, err := northdRun(program, max(1, o.Flows/flowsPerTenant), samples, progress)
		if err != nil {
			return out, fmt.Errorf("%s: %w", program, err)
		}
		out = append(out, r)
	}
	return out, nil
}

func northdRun(program string, tenants, samples int, progress io.Writer) (NorthdResult, error) {
	r := NorthdResult{Program: program, Scenario: fmt.Sprintf("tenants-%d", tenants)}
	fmt.Fprintf(progress, "%s: filling %d tenants\n", program, tenants)
	s, err := startStack()
	if err != nil {
		return r, err
	}
	defer s.stop()
	if err := s.fillTenants(tenants); err != nil {
		return r, err
	}
	start := time.Now()
	if err := s.startNorthd(program); err != nil {
		return r, err
	}
	if _, err := s.change(); err != nil {
		return r, err
	}
	r.ColdWall, r.ColdCPU = time.Since(start).Seconds(), s.cpu().Seconds()
	r.RSSMB = s.memory() / 1e6
	if r.Flows, err = s.countFlows(); err != nil {
		return r, err
	}
	fmt.Fprintf(progress, "%s: %d flows in %.1f s\n", program, r.Flows, r.ColdWall)
	for _, kind := range kinds(tenants) {
		c, err := s.measure(kind, samples)
		if err != nil {
			return r, fmt.Errorf("%s: %w", kind.name, err)
		}
		fmt.Fprintf(progress, "%s: %s %.2f ms CPU\n", program, kind.name, c.CPUms)
		r.Changes = append(r.Changes, c)
	}
	return r, nil
}

func (s *stack) countFlows() (int, error) {
	sb, err := dial(s.socket("sb"))
	if err != nil {
		return 0, err
	}
	defer sb.conn.Close()
	result, err := sb.transact("OVN_Southbound", operation{"op": "select", "table": "Logical_Flow",
		"where": []any{}, "columns": []string{"_uuid"}})
	if err != nil {
		return 0, err
	}
	var reply struct {
		Rows []struct{} `json:"rows"`
	}
	err = json.Unmarshal(result[0], &reply)
	return len(reply.Rows), err
}

// measure makes changes of one kind, after a tenth of them as warm-up.
func (s *stack) measure(kind changeKind, samples int) (ChangeResult, error) {
	warm := max(1, samples/10)
	var cpu []time.Duration
	var wall time.Duration
	for n := range warm + samples {
		before := s.cpu()
		took, err := s.change(kind.operations(n)...)
		if err != nil {
			return ChangeResult{}, err
		}
		if n >= warm {
			cpu = append(cpu, s.settledCPU()-before)
			wall += took
		}
	}
	slices.Sort(cpu)
	total := time.Duration(0)
	for _, c := range cpu {
		total += c
	}
	ms := func(d time.Duration) float64 { return float64(d) / 1e6 }
	return ChangeResult{Kind: kind.name, Samples: samples, CPUms: ms(total) / float64(samples),
		P99ms: ms(cpu[len(cpu)*99/100]), Wallms: ms(wall) / float64(samples)}, nil
}

// settledCPU waits until the northd has been idle for a moment: work after sb_cfg, such as the
// echo of its own writes, belongs to the change.
func (s *stack) settledCPU() time.Duration {
	last := s.cpu()
	for quiet := 0; quiet < 3; {
		time.Sleep(3 * time.Millisecond)
		now := s.cpu()
		if now-last < 50*time.Microsecond {
			quiet++
		} else {
			quiet = 0
		}
		last = now
	}
	return last
}

// WriteNorthdTable writes results for people: programs side by side.
func WriteNorthdTable(w io.Writer, results []NorthdResult) {
	row := func(name string, f func(NorthdResult) string) {
		fmt.Fprintf(w, "%-26s", name)
		for _, r := range results {
			fmt.Fprintf(w, " %20s", f(r))
		}
		fmt.Fprintln(w)
	}
	row("", func(r NorthdResult) string { return r.Program })
	row("logical flows", func(r NorthdResult) string { return fmt.Sprint(r.Flows) })
	row("cold start, wall s", func(r NorthdResult) string { return fmt.Sprintf("%.2f", r.ColdWall) })
	row("cold start, CPU s", func(r NorthdResult) string { return fmt.Sprintf("%.2f", r.ColdCPU) })
	row("RSS MB", func(r NorthdResult) string { return fmt.Sprintf("%.0f", r.RSSMB) })
	for i := range results[0].Changes {
		row(results[0].Changes[i].Kind+", CPU ms", func(r NorthdResult) string {
			return fmt.Sprintf("%.2f (p99 %.2f)", r.Changes[i].CPUms, r.Changes[i].P99ms)
		})
		row(results[0].Changes[i].Kind+", wall ms", func(r NorthdResult) string {
			return fmt.Sprintf("%.1f", r.Changes[i].Wallms)
		})
	}
}
