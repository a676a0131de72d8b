package bench

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// stack is a Northbound and a Southbound ovsdb-server with one northd between them, all private
// to this run and in a folder of their own.
type stack struct {
	dir      string
	northd   *exec.Cmd
	servers  []*exec.Cmd
	nb       *connection
	lastNbCf int
}

// patience is how long a step of the reference may take on a slow machine.
const patience = 10 * time.Minute

func startStack() (*stack, error) {
	dir, err := os.MkdirTemp("", "wovenbench")
	if err != nil {
		return nil, err
	}
	s := &stack{dir: dir}
	for _, db := range []string{"nb", "sb"} {
		if err := s.startDatabase(db); err != nil {
			s.stop()
			return nil, err
		}
	}
	if s.nb, err = dial(s.socket("nb")); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

func (s *stack) socket(db string) string { return filepath.Join(s.dir, db+".sock") }

func (s *stack) startDatabase(db string) error {
	file := filepath.Join(s.dir, db+".db")
	schema := "/usr/share/ovn/ovn-" + db + ".ovsschema"
	if out, err := exec.Command("ovsdb-tool", "create", file, schema).CombinedOutput(); err != nil {
		return fmt.Errorf("ovsdb-tool create %s: %w: %s (the benchmark needs Debian's ovn-central)",
			schema, err, out)
	}
	server := exec.Command("ovsdb-server", file, "--remote=punix:"+s.socket(db),
		"--unixctl="+filepath.Join(s.dir, db+".ctl"), "-vconsole:off")
	if err := server.Start(); err != nil {
		return err
	}
	s.servers = append(s.servers, server)
	return waitFor(time.Minute, func() bool {
		_, err := os.Stat(s.socket(db))
		return err == nil
	})
}

func waitFor(limit time.Duration, done func() bool) error {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if done() {
			return nil
		}
	}
	return fmt.Errorf("nothing happened for %s", limit)
}

// startNorthd starts a northd by its program's path.
func (s *stack) startNorthd(program string) error {
	log, err := os.Create(filepath.Join(s.dir, "northd.log"))
	if err != nil {
		return err
	}
	s.northd = exec.Command(program, "--ovnnb-db=unix:"+s.socket("nb"),
		"--ovnsb-db=unix:"+s.socket("sb"), "--unixctl="+filepath.Join(s.dir, "northd.ctl"))
	s.northd.Stderr, s.northd.Stdout = log, log
	return s.northd.Start()
}

// stop ends every process and removes the folder.
func (s *stack) stop() {
	all := s.servers
	if s.northd != nil {
		all = append([]*exec.Cmd{s.northd}, all...)
	}
	for _, p := range all {
		p.Process.Kill()
		p.Wait()
	}
	os.RemoveAll(s.dir)
}

// cpu returns the processor time that the northd has used.
func (s *stack) cpu() time.Duration { return processorTime(s.northd.Process.Pid) }

// processorTime returns the processor time that a process has used, of all threads.
func processorTime(pid int) time.Duration {
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	total := time.Duration(0)
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			continue // the thread has ended
		}
		ns, _ := strconv.ParseInt(strings.Fields(string(text))[0], 10, 64)
		total += time.Duration(ns)
	}
	return total
}

// memory returns the northd's resident memory in bytes.
func (s *stack) memory() float64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.northd.Process.Pid))
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb * 1024
		}
	}
	return 0
}

// operation is an OVSDB operation (RFC 7047, 5.2).
type operation map[string]any

// connection is the least JSON-RPC that a benchmark's client needs; its cost is not measured.
type connection struct {
	conn    net.Conn
	decoder *json.Decoder
	id      int
}

func dial(socket string) (*connection, error) {
	c, err := net.Dial("unix", socket)
	if err != nil {
		return nil, err
	}
	return &connection{conn: c, decoder: json.NewDecoder(c)}, nil
}

// transact runs operations and fails if one of them does.
func (c *connection) transact(db string, ops ...operation) ([]json.RawMessage, error) {
	params := []any{db}
	for _, op := range ops {
		params = append(params, op)
	}
	c.id++
	request := map[string]any{"id": c.id, "method": "transact", "params": params}
	if err := json.NewEncoder(c.conn).Encode(request); err != nil {
		return nil, err
	}
	for {
		var reply struct {
			ID     any               `json:"id"`
			Method string            `json:"method"`
			Params json.RawMessage   `json:"params"`
			Result []json.RawMessage `json:"result"`
		}
		if err := c.decoder.Decode(&reply); err != nil {
			return nil, err
		}
		if reply.Method == "echo" {
			echo := map[string]any{"id": reply.ID, "result": reply.Params, "error": nil}
			if err := json.NewEncoder(c.conn).Encode(echo); err != nil {
				return nil, err
			}
			continue
		}
		for _, r := range reply.Result {
			if strings.Contains(string(r), `"error":`) {
				return nil, fmt.Errorf("transaction refused: %s", r)
			}
		}
		return reply.Result, nil
	}
}

// change writes to the Northbound with the next nb_cfg and waits until northd reports it.
func (s *stack) change(ops ...operation) (time.Duration, error) {
	s.lastNbCf++
	start := time.Now()
	ops = append(ops, operation{"op": "update", "table": "NB_Global", "where": []any{},
		"row": map[string]any{"nb_cfg": s.lastNbCf}})
	if _, err := s.nb.transact("OVN_Northbound", ops...); err != nil {
		return 0, err
	}
	_, err := s.nb.transact("OVN_Northbound", operation{"op": "wait", "table": "NB_Global",
		"timeout": patience.Milliseconds(), "where": []any{}, "columns": []string{"sb_cfg"},
		"until": "==", "rows": []any{map[string]any{"sb_cfg": s.lastNbCf}}})
	return time.Since(start), err
}
