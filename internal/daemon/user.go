package daemon

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// identity is the user and the group that --user asks for.
type identity struct {
	uid, gid int
	groups   []int
}

// becomeUser does what --user asks for, and executes the program again in this process: a user
// and capabilities belong to a thread, and only a fresh program has them alike in all threads.
// The log file is created first, while that is still allowed, and given to the user.
func (d *Daemon) becomeUser() error {
	if os.Getuid() != 0 {
		return errors.New("only root can use --user option")
	}
	who, err := parseUser(d.options.user)
	if err != nil {
		return err
	}
	if path := *d.options.logFile; path != "" {
		if err := who.ownFile(path); err != nil {
			return fmt.Errorf("failed to open %s for logging: %w", path, cause(err))
		}
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	runtime.LockOSThread()
	if err := who.assume(); err != nil {
		return fmt.Errorf("cannot switch to user %d and group %d: %w", who.uid, who.gid, err)
	}
	return syscall.Exec(program, os.Args, asUser.environment())
}

// ownFile creates a file if need be and makes it that user's.
func (who identity) ownFile(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o660)
	if err != nil {
		return err
	}
	return errors.Join(file.Chown(who.uid, who.gid), file.Close())
}

// parseUser reads USER, USER:GROUP or :GROUP. Without a group it is the user's own; without a
// user, ours.
func parseUser(spec string) (identity, error) {
	name, group, grouped := strings.Cut(spec, ":")
	account, err := user.Current()
	if name != "" {
		account, err = user.Lookup(name)
	}
	if err != nil {
		return identity{}, fmt.Errorf("user %s not found, aborting", name)
	}
	groups, err := numbers(account.GroupIds())
	if err != nil {
		return identity{}, fmt.Errorf("cannot list the groups of user %s: %w", account.Username, err)
	}
	gidText := account.Gid
	if grouped && group != "" {
		found, err := user.LookupGroup(group)
		if err != nil {
			return identity{}, fmt.Errorf("group %s not found, aborting", group)
		}
		gidText = found.Gid
	}
	uid, uidErr := strconv.Atoi(account.Uid)
	gid, gidErr := strconv.Atoi(gidText)
	if err := errors.Join(uidErr, gidErr); err != nil {
		return identity{}, err
	}
	if !slices.Contains(groups, gid) {
		return identity{}, fmt.Errorf("invalid --user option %s (user %s is not in group %s), aborting",
			spec, account.Username, group)
	}
	return identity{uid: uid, gid: gid, groups: groups}, nil
}

func numbers(texts []string, err error) ([]int, error) {
	result := make([]int, len(texts))
	for i, text := range texts {
		var numberErr error
		result[i], numberErr = strconv.Atoi(text)
		err = errors.Join(err, numberErr)
	}
	return result, err
}

// assume makes the calling thread that user's, without other capabilities than the wanted ones.
// The other threads are left in between; the program has to be executed again.
func (who identity) assume() error {
	permitted, err := permittedCapabilities()
	if err != nil {
		return fmt.Errorf("capget: %w", err)
	}
	if err := keepOverSetuid(); err != nil {
		return fmt.Errorf("prctl: %w", err)
	}
	if err := syscall.Setgroups(who.groups); err != nil {
		return fmt.Errorf("setgroups: %w", err)
	}
	if err := syscall.Setgid(who.gid); err != nil {
		return fmt.Errorf("setgid: %w", err)
	}
	if err := syscall.Setuid(who.uid); err != nil {
		return fmt.Errorf("setuid: %w", err)
	}
	if err := limitCapabilities(permitted & wantedCapabilities); err != nil {
		return fmt.Errorf("capset: %w", err)
	}
	return nil
}
