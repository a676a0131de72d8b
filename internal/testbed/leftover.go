package testbed

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
)

// namePattern is what a bed and everything of it is called by: the process that runs it and a
// number of its own.
var namePattern = regexp.MustCompile(`^wv(\d+)x\d+(-.*)?$`)

// bedName is the name of a process's bed.
func bedName(pid, number int) string { return fmt.Sprintf("wv%dx%d", pid, number) }

// isLeftover reports whether a name is one of a bed whose process is gone.
func isLeftover(name string) bool {
	match := namePattern.FindStringSubmatch(name)
	if match == nil {
		return false
	}
	pid, err := strconv.Atoi(match[1])
	if err != nil {
		return false
	}
	return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}

// sweep removes the namespaces and folders of beds whose process was killed before it could.
// Their daemons have ended with that process. Another sweep may be at work on the same ones.
func sweep() error {
	var failed []error
	for _, folder := range []string{namespaceFolder, os.TempDir()} {
		entries, err := os.ReadDir(folder)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			failed = append(failed, err)
		}
		for _, entry := range entries {
			if !isLeftover(entry.Name()) {
				continue
			}
			path := filepath.Join(folder, entry.Name())
			if folder == namespaceFolder {
				err = removeNamespace(entry.Name())
			} else {
				err = os.RemoveAll(path)
			}
			if _, gone := os.Lstat(path); err != nil && gone == nil {
				failed = append(failed, err)
			}
		}
	}
	return errors.Join(failed...)
}

// removeNamespace ends the processes in a namespace, and the namespace.
func removeNamespace(name string) error {
	inside, err := exec.Command("ip", "netns", "pids", name).Output()
	if err != nil {
		return fmt.Errorf("ip netns pids %s: %w", name, err)
	}
	for _, word := range strings.Fields(string(inside)) {
		if pid, err := strconv.Atoi(word); err == nil {
			_ = syscall.Kill(pid, syscall.SIGKILL) // it may just have ended
		}
	}
	return (&Namespace{Name: name}).remove()
}
