package unixctl

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// CommandError is the text with which a daemon refused a command. Any other error of Call means
// that the daemon could not be asked.
type CommandError struct{ Text string }

// Error is the daemon's text without its last line end.
func (e *CommandError) Error() string { return strings.TrimSuffix(e.Text, "\n") }

// Call sends one command to the daemon that listens at path and returns its output.
func Call(ctx context.Context, path, command string, args ...string) (string, error) {
	conn, err := dial(ctx, path)
	if err != nil {
		return "", fmt.Errorf("%s: cannot connect: %w", path, err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()

	if args == nil {
		args = []string{}
	}
	message := map[string]any{"method": command, "params": args, "id": 0}
	if err := json.NewEncoder(conn).Encode(message); err != nil {
		return "", fmt.Errorf("%s: cannot send: %w", path, err)
	}
	var answer struct{ Result, Error *string }
	if err := json.NewDecoder(conn).Decode(&answer); err != nil {
		return "", fmt.Errorf("%s: no reply: %w", path, err)
	}
	switch {
	case answer.Error != nil:
		return "", &CommandError{Text: *answer.Error}
	case answer.Result == nil:
		return "", fmt.Errorf("%s: the reply has neither result nor error", path)
	}
	return *answer.Result, nil
}

// Target finds the socket of a running daemon as ovs-appctl's -t does: an absolute path stands
// for itself, and a name for DIR/NAME.PID.ctl with the number that is in DIR/NAME.pid.
func Target(dir, name string) (string, error) {
	if filepath.IsAbs(name) {
		return name, nil
	}
	pidfile := filepath.Join(dir, name+".pid")
	text, err := os.ReadFile(pidfile)
	if err != nil {
		return "", fmt.Errorf("cannot find the control socket of %s: %w", name, err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid <= 0 {
		return "", fmt.Errorf("%s: %q is not a process id", pidfile, text)
	}
	return DefaultPath(dir, name, pid), nil
}
