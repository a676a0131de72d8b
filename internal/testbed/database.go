package testbed

import (
	"fmt"
	"os/exec"
	"path/filepath"
)

// newDatabase makes a standalone database in a folder, and its server, which is not running yet.
// The server listens on a unix socket, which is reachable from every namespace.
func (b *Bed) newDatabase(folder, name, schema, socket string) (*Daemon, error) {
	file := filepath.Join(folder, name+".db")
	tool, err := find("ovsdb-tool")
	if err != nil {
		return nil, err
	}
	if output, err := exec.Command(tool, "create", file, schema).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("ovsdb-tool create %s: %w: %s", file, err, output)
	}
	return b.newDaemon(name, Program{Path: "ovsdb-server"}, folder,
		"--remote=punix:"+filepath.Join(folder, socket), file), nil
}

// client runs a client of a database, such as ovn-nbctl, which gives up when Patience is over.
func client(folder, program string, args ...string) (string, error) {
	path, err := find(program)
	if err != nil {
		return "", err
	}
	limit := fmt.Sprintf("--timeout=%d", int(Patience.Seconds()))
	command := exec.Command(path, append([]string{limit}, args...)...)
	command.Env = environment(folder)
	output, err := command.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s %q: %w: %s", program, args, err, output)
	}
	return string(output), nil
}
