package daemon

import (
	"fmt"
	"os"
	"syscall"
)

// detach runs the program again in a session of its own, and waits until it serves. If it does
// not come so far, it has said why on standard error, which it still shares with us.
func (d *Daemon) detach() (int, error) {
	child, err := d.start(background, "", &syscall.SysProcAttr{Setsid: true})
	if err != nil {
		return 0, fmt.Errorf("could not detach from foreground session: %w", err)
	}
	if child.isReady() {
		return 0, nil
	}
	status := child.wait()
	if status.Exited() && status.ExitStatus() != 0 {
		return status.ExitStatus(), nil
	}
	return 0, fmt.Errorf("the daemon ended before it was ready (%s)", describeStatus(status))
}

// leaveSession gives up what ties a daemon to where it was started: the standard streams, and
// the working directory, whose file system could not be unmounted otherwise.
func (d *Daemon) leaveSession() error {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer null.Close()
	if !d.options.noChdir {
		if err := os.Chdir("/"); err != nil {
			return err
		}
	}
	for descriptor := range 3 {
		if err := syscall.Dup3(int(null.Fd()), descriptor, 0); err != nil {
			return fmt.Errorf("cannot close descriptor %d: %w", descriptor, err)
		}
	}
	return nil
}
