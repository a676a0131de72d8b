package unixctl

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// maxSocketPath is the longest path that a Unix socket address holds on Linux, see unix(7).
const maxSocketPath = 107

// DefaultPath is where a program listens if it is not told otherwise: DIR/NAME.PID.ctl.
func DefaultPath(dir, name string, pid int) string {
	return filepath.Join(dir, fmt.Sprintf("%s.%d.ctl", name, pid))
}

// socket is a listening control socket and the file that it owns.
type socket struct {
	listener net.Listener
	path     string
	file     os.FileInfo
}

// listen binds path. A socket that is there already is taken for a dead daemon's, as the C
// daemons do; any other file is left alone.
func listen(path string) (*socket, error) {
	fail := func(err error) error {
		return fmt.Errorf("%s: could not initialize control socket: %w", path, err)
	}
	if old, err := os.Lstat(path); err == nil {
		if old.Mode().Type() != os.ModeSocket {
			return nil, fail(fmt.Errorf("a file that is not a socket is in its place"))
		}
		if err := os.Remove(path); err != nil {
			return nil, fail(err)
		}
	}
	address, release, err := shortAddress(path)
	if err != nil {
		return nil, fail(err)
	}
	defer release()
	// The mode has to be right from the start: a chmod afterwards would leave a gap.
	umask := syscall.Umask(0o027)
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: address, Net: "unix"})
	syscall.Umask(umask)
	if err != nil {
		return nil, fail(err)
	}
	listener.SetUnlinkOnClose(false)
	file, err := os.Lstat(path)
	if err != nil {
		listener.Close()
		return nil, fail(err)
	}
	return &socket{listener: listener, path: path, file: file}, nil
}

// close stops listening and removes the file, unless another daemon has taken the path over.
func (s *socket) close() error {
	err := s.listener.Close()
	if now, statErr := os.Lstat(s.path); statErr == nil && os.SameFile(now, s.file) {
		if removeErr := os.Remove(s.path); err == nil {
			err = removeErr
		}
	}
	return err
}

// dial connects to a control socket.
func dial(ctx context.Context, path string) (net.Conn, error) {
	address, release, err := shortAddress(path)
	if err != nil {
		return nil, err
	}
	defer release()
	var d net.Dialer
	return d.DialContext(ctx, "unix", address)
}

// shortAddress gives a path that fits into a socket address: a longer one is reached through a
// descriptor of its directory, which release closes.
func shortAddress(path string) (address string, release func(), err error) {
	if len(path) <= maxSocketPath {
		return path, func() {}, nil
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return "", nil, err
	}
	address = filepath.Join("/proc/self/fd", strconv.Itoa(int(dir.Fd())), filepath.Base(path))
	return address, func() { dir.Close() }, nil
}
