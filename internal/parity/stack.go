package parity

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// Northd is a program that does ovn-northd's work and takes its command line.
type Northd struct {
	// Name is what messages call it.
	Name string
	// Path is the program; Args are given to it before the options that a Stack adds.
	Path string
	Args []string
}

// Reference is the ovn-northd that is installed on this machine.
func Reference() Northd { return Northd{Name: "ovn-northd", Path: "ovn-northd"} }

// The seeded NB_Global row: with these values set, a northd has nothing left to draw at random.
const (
	globalUUID    = "ab000000-0000-4000-8000-000000000001"
	macPrefix     = "0a:00:01"
	svcMonitorMAC = "0a:00:01:00:00:01"
)

// Stack is a Northbound, a Southbound and at most one running northd between them.
type Stack struct {
	// NB and SB are the two databases.
	NB, SB *Database

	dir        string
	northd     *process
	northdName string
	starts     int
}

// syncLimit is how long a northd may take to say that it is done.
const syncLimit = 30 * time.Second

// NewStack starts both databases and no northd yet. With seeded, NB_Global exists from the start
// and holds the values that a northd would draw at random; otherwise the Northbound is empty.
// Everything ends with the test.
func NewStack(t testing.TB, seeded bool) *Stack {
	// The name is short, because the path of a unix socket is limited to some hundred bytes.
	dir, err := os.MkdirTemp("", "parity")
	require.NoError(t, err)
	s := &Stack{
		dir: dir,
		NB:  startDatabase(t, "ovn-nb.ovsschema"),
		SB:  startDatabase(t, "ovn-sb.ovsschema"),
	}
	t.Cleanup(func() {
		s.KillNorthd()
		_ = os.RemoveAll(dir) // what stays behind is only a few sockets and a log
	})
	if seeded {
		require.NoError(t, seedGlobal(s.NB))
	}
	return s
}

// seedGlobal inserts the NB_Global row that leaves nothing to chance.
func seedGlobal(nb *Database) error {
	options := []any{"map", []any{
		[]any{"mac_prefix", macPrefix}, []any{"svc_monitor_mac", svcMonitorMAC}}}
	_, err := nb.transact(ovsdbtest.Operation{"op": "insert", "table": "NB_Global",
		"uuid": globalUUID, "row": map[string]any{"options": options}})
	return err
}

// StartNorthd starts a northd, waits until NB_Global exists, which a northd creates when it is
// missing, and until "ovn-nbctl --wait=sb sync" is content.
func (s *Stack) StartNorthd(n Northd) error {
	if s.northd != nil {
		return errors.New("a northd is running already")
	}
	s.starts++
	base := filepath.Join(s.dir, fmt.Sprintf("northd%d", s.starts))
	args := append([]string{}, n.Args...)
	args = append(args, "--ovnnb-db="+s.NB.URL(), "--ovnsb-db="+s.SB.URL(),
		"--unixctl="+base+".ctl", "--pidfile="+base+".pid", "--log-file="+s.logFile(),
		"-vconsole:off")
	p, err := startProcess(s.environment(), n.Path, args...)
	if err != nil {
		return err
	}
	s.northd, s.northdName = p, n.Name
	err = waitFor(syncLimit, n.Name+" to start", func() (bool, error) {
		if err := p.exited(); err != nil {
			return false, err
		}
		results, err := s.NB.transact(selectAll("NB_Global"))
		return err == nil && len(results[0].Rows) == 1, err
	})
	if err != nil {
		return err
	}
	if _, err = s.NBCtl("--wait=sb", "sync"); err != nil {
		return errors.Join(p.exited(), err)
	}
	return nil
}

// StopNorthd asks the northd, if any, to end and waits for it.
func (s *Stack) StopNorthd() error {
	if s.northd == nil {
		return nil
	}
	err := s.northd.terminate()
	s.northd = nil
	return err
}

// KillNorthd ends the northd, if any, without warning.
func (s *Stack) KillNorthd() {
	if s.northd != nil {
		s.northd.kill()
		s.northd = nil
	}
}

// NBCtl runs ovn-nbctl against this stack's Northbound and returns what it prints.
func (s *Stack) NBCtl(args ...string) (string, error) { return s.client("ovn-nbctl", s.NB, args) }

// SBCtl runs ovn-sbctl against this stack's Southbound and returns what it prints.
func (s *Stack) SBCtl(args ...string) (string, error) { return s.client("ovn-sbctl", s.SB, args) }

func (s *Stack) client(program string, db *Database, args []string) (string, error) {
	return runClient(s.environment(), program, db, args)
}

// runClient runs one of OVN's database clients with a time limit of its own.
func runClient(env []string, program string, db *Database, args []string) (string, error) {
	all := append([]string{"--timeout=30", "--db=" + db.URL(), "-vconsole:off"}, args...)
	cmd := exec.Command(program, all...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return string(out), fmt.Errorf("%s %s: %w: %s", program, strings.Join(args, " "), err,
			strings.TrimSpace(string(out)))
	}
	return string(out), nil
}

// Sync returns when the northd has said, through sb_cfg, that the Southbound reflects the
// Northbound. It does so twice, because a northd may react to the echo of its own writes.
func (s *Stack) Sync() error {
	for range 2 {
		if err := s.sync(); err != nil {
			return fmt.Errorf("%s: %w\n%s", s.northdName, err, s.Complaints())
		}
	}
	return nil
}

// sync does what "ovn-nbctl --wait=sb sync" does, without starting a program.
func (s *Stack) sync() error {
	if s.northd == nil {
		return errors.New("no northd is running")
	}
	if err := s.northd.exited(); err != nil {
		return err
	}
	results, err := s.NB.transact(ovsdbtest.Operation{"op": "mutate", "table": "NB_Global",
		"where": []any{}, "mutations": []any{[]any{"nb_cfg", "+=", 1}}}, selectAll("NB_Global"))
	if err != nil {
		return err
	}
	number := results[1].Rows[0].num("nb_cfg")
	_, err = s.NB.transact(ovsdbtest.Operation{"op": "wait", "timeout": syncLimit.Milliseconds(),
		"table": "NB_Global", "where": []any{}, "columns": []any{"sb_cfg"}, "until": "==",
		"rows": []any{map[string]any{"sb_cfg": number}}})
	if err != nil {
		return fmt.Errorf("waiting for sb_cfg to become %d: %w", number, err)
	}
	return nil
}

// Complaints returns the last warnings and errors that northds logged in this stack.
func (s *Stack) Complaints() string {
	text, err := os.ReadFile(s.logFile())
	if err != nil {
		return ""
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, "|WARN|") || strings.Contains(line, "|ERR|") ||
			strings.Contains(line, "|EMER|") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines[max(0, len(lines)-10):], "")
}

func (s *Stack) logFile() string { return filepath.Join(s.dir, "northd.log") }

// environment keeps the programs away from the machine's own run-time directories.
func (s *Stack) environment() []string {
	return []string{"OVN_RUNDIR=" + s.dir, "OVS_RUNDIR=" + s.dir,
		"OVN_LOGDIR=" + s.dir, "OVS_LOGDIR=" + s.dir}
}

// CopySouthbound replaces this stack's Southbound by a copy of another stack's, row uuids
// included. No northd may be running in either.
func (s *Stack) CopySouthbound(from *Stack) error {
	if s.northd != nil || from.northd != nil {
		return errors.New("a northd is still running")
	}
	file := filepath.Join(s.dir, "southbound.backup")
	backup, err := exec.Command("ovsdb-client", "backup", from.SB.URL(), from.SB.Name).Output()
	if err != nil {
		return fmt.Errorf("ovsdb-client backup: %w", err)
	}
	if err := os.WriteFile(file, backup, 0o600); err != nil {
		return err
	}
	in, err := os.Open(file) // it must be a file: ovsdb-client seeks in its standard input
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	restore := exec.Command("ovsdb-client", "restore", s.SB.URL(), s.SB.Name)
	restore.Stdin = in
	if out, err := restore.CombinedOutput(); err != nil {
		return fmt.Errorf("ovsdb-client restore: %w: %s", err, out)
	}
	return nil
}
