package daemon

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// pidfile is a file with the number of this process, which holds a lock on it as long as it
// lives. Clients take a pidfile without a lock for a dead daemon's.
type pidfile struct {
	path string
	file *os.File
}

// createPidfile writes and locks a pidfile. The file is prepared beside its place and moved
// there, so that nobody sees it empty or unlocked. If a living daemon has it, that is an error
// unless overwrite is set.
func createPidfile(path string, overwrite bool) (*pidfile, error) {
	if !overwrite {
		if err := checkAlone(path); err != nil {
			return nil, err
		}
	}
	prepared := path + ".tmp"
	if overwrite {
		prepared = fmt.Sprintf("%s.tmp%d", path, os.Getpid())
	}
	file, err := os.OpenFile(prepared, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, fmt.Errorf("%s: create failed (%w)", prepared, cause(err))
	}
	p := &pidfile{path: path, file: file}
	if err := p.fill(prepared, overwrite); err != nil {
		file.Close()
		return nil, err
	}
	return p, nil
}

// fill locks the prepared file, writes the number and moves the file to its place.
func (p *pidfile) fill(prepared string, overwrite bool) error {
	lock := syscall.Flock_t{Type: syscall.F_WRLCK}
	if err := syscall.FcntlFlock(p.file.Fd(), syscall.F_SETLK, &lock); err != nil {
		return fmt.Errorf("%s: another daemon is just starting (%w)", prepared, err)
	}
	// Who waited here for the lock of one that has started meanwhile must not replace its file.
	if !overwrite {
		if err := checkAlone(p.path); err != nil {
			_ = os.Remove(prepared)
			return err
		}
	}
	if err := p.file.Truncate(0); err != nil {
		return fmt.Errorf("%s: truncate failed (%w)", prepared, cause(err))
	}
	if _, err := fmt.Fprintf(p.file, "%d\n", os.Getpid()); err != nil {
		return fmt.Errorf("%s: write failed (%w)", prepared, cause(err))
	}
	if err := os.Rename(prepared, p.path); err != nil {
		return fmt.Errorf("failed to rename %q to %q (%w)", prepared, p.path, cause(err))
	}
	return nil
}

// remove deletes the file, unless it is another daemon's by now. The lock goes with the process.
func (p *pidfile) remove() {
	if p == nil {
		return
	}
	ours, err := p.file.Stat()
	if err != nil {
		return
	}
	if now, err := os.Lstat(p.path); err == nil && os.SameFile(ours, now) {
		_ = os.Remove(p.path) // What stays is recognised as stale by its missing lock.
	}
}

// checkAlone is an error if a living process has locked the pidfile.
func checkAlone(path string) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: pidfile check failed (%w), aborting", path, cause(err))
	}
	defer file.Close()
	lock := syscall.Flock_t{Type: syscall.F_WRLCK}
	if err := syscall.FcntlFlock(file.Fd(), syscall.F_GETLK, &lock); err != nil {
		return fmt.Errorf("%s: pidfile check failed (%w), aborting", path, err)
	}
	if lock.Type != syscall.F_UNLCK {
		return fmt.Errorf("%s: already running as pid %d, aborting", path, lock.Pid)
	}
	return nil
}

// cause is an error of the system without the operation and the path, which the message has.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
