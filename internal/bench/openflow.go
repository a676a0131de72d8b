package bench

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"woven/bridge/flows/ovstest"
)

// OpenFlowResult is what the benchmark of switches measured of one client; as JSON one object a
// client. Times are in seconds for the fill, in milliseconds for single changes.
type OpenFlowResult struct {
	Client    string  `json:"client"`
	Flows     int     `json:"flows"`
	Seconds   float64 `json:"seconds"`            // from the first byte to the switch's last answer
	ClientCPU float64 `json:"client_cpu_seconds"` // of all threads
	SwitchCPU float64 `json:"switch_cpu_seconds"`
	Samples   int     `json:"samples"`
	P50ms     float64 `json:"p50_ms"`
	P95ms     float64 `json:"p95_ms"`
	P99ms     float64 `json:"p99_ms"`
}

// OpenFlowOptions says what to measure.
type OpenFlowOptions struct {
	Flows   int // how many flows the switch gets
	Samples int // single changes; the reference gets a tenth
}

// OpenFlow fills an empty switch with flows in one bundle, and then changes one flow at a time: once
// from facts in a session, as woven-controller does, and once with ovs-ofctl. Each has an
// ovs-vswitchd of its own, and both have the same flows in the end.
func OpenFlow(o OpenFlowOptions, progress io.Writer) ([]OpenFlowResult, error) {
	list := switchFlows(o.Flows)
	var results []OpenFlowResult
	var dumps [2]string
	for i, run := range []func(*ovstest.Switch, []switchFlow, int) (OpenFlowResult, error){
		fillFromFacts, fillFromFile} {
		r, dump, err := onSwitch(run, list, o.Samples/[]int{1, 10}[i])
		if err != nil {
			return results, err
		}
		fmt.Fprintf(progress, "%s: %d flows in %.2f s\n", r.Client, r.Flows, r.Seconds)
		results = append(results, r)
		dumps[i] = dump
	}
	if dumps[0] != dumps[1] {
		return results, errors.New("the two switches do not have the same flows")
	}
	return results, nil
}

// onSwitch runs one client on a switch of its own, and returns the switch's flows in the end.
func onSwitch(run func(*ovstest.Switch, []switchFlow, int) (OpenFlowResult, error), list []switchFlow,
	samples int) (r OpenFlowResult, dump string, err error) {
	dir, err := os.MkdirTemp("", "wovenbench")
	if err != nil {
		return r, "", err
	}
	defer os.RemoveAll(dir)
	sw, err := ovstest.Launch(dir)
	if err != nil {
		return r, "", err
	}
	defer sw.Stop()
	if r, err = run(sw, list, max(1, samples)); err != nil {
		return r, "", fmt.Errorf("%s: %w", r.Client, err)
	}
	dump, err = sw.OFCtl("dump-flows", "--no-stats", "--no-names")
	var lines []string
	for line := range strings.Lines(dump) {
		if strings.Contains(line, "actions=") {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	r.Flows = len(lines)
	return r, strings.Join(lines, ""), err
}

// changes notes the times that single changes took.
func (r *OpenFlowResult) changes(took []time.Duration) {
	slices.Sort(took)
	ms := func(share int) float64 { return float64(took[len(took)*share/100]) / 1e6 }
	r.Samples, r.P50ms, r.P95ms, r.P99ms = len(took), ms(50), ms(95), ms(99)
}

// changedFlow is the flow that single changes are about.
func changedFlow(round int) switchFlow {
	return switchFlow{24, 2001, "tcp,metadata=0x3,nw_dst=10.9.9.9,tp_dst=80",
		fmt.Sprintf("set_field:0x%x->reg15,resubmit(,25)", round), 7}
}

// fillFromFile has ovs-ofctl add the flows.
func fillFromFile(sw *ovstest.Switch, list []switchFlow, samples int) (OpenFlowResult, error) {
	r := OpenFlowResult{Client: "ovs-ofctl --bundle"}
	for id := range switchGroups {
		if _, err := sw.OFCtl("add-group", fmt.Sprintf("group_id=%d,%s", id+1, switchGroup(id+1))); err != nil {
			return r, err
		}
	}
	file := filepath.Join(filepath.Dir(sw.Socket()), "flows")
	var text strings.Builder
	for i := range list {
		text.WriteString(list[i].line() + "\n")
	}
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		return r, err
	}
	client := exec.Command("ovs-ofctl", "-O", "OpenFlow15", "--bundle", "add-flows", sw.Socket(), file)
	start, busy := time.Now(), processorTime(sw.PID())
	if out, err := client.CombinedOutput(); err != nil {
		return r, fmt.Errorf("%w: %s", err, out)
	}
	r.Seconds = time.Since(start).Seconds()
	r.SwitchCPU = (processorTime(sw.PID()) - busy).Seconds()
	r.ClientCPU = (client.ProcessState.UserTime() + client.ProcessState.SystemTime()).Seconds()
	var took []time.Duration
	for round := range samples {
		f := changedFlow(round)
		start := time.Now()
		if _, err := sw.OFCtl("add-flow", f.line(), "--bundle"); err != nil {
			return r, err
		}
		took = append(took, time.Since(start))
	}
	_, err := sw.OFCtl("del-flows", "table=24,priority=2001,tcp,metadata=0x3,nw_dst=10.9.9.9,tp_dst=80", "--strict")
	r.changes(took)
	return r, err
}

// WriteOpenFlowTable writes results for people.
func WriteOpenFlowTable(w io.Writer, results []OpenFlowResult) {
	fmt.Fprintf(w, "%-20s %8s %8s %13s %13s %8s %8s %8s %8s\n", "client", "flows", "seconds", "client CPU s",
		"switch CPU s", "changes", "p50 ms", "p95 ms", "p99 ms")
	for _, r := range results {
		fmt.Fprintf(w, "%-20s %8d %8.2f %13.2f %13.2f %8d %8.3f %8.3f %8.3f\n", r.Client, r.Flows, r.Seconds,
			r.ClientCPU, r.SwitchCPU, r.Samples, r.P50ms, r.P95ms, r.P99ms)
	}
}
