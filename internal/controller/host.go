package controller

import (
	"bufio"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"woven/internal/dirs"
)

// overrideFile holds, in its first line, the name of the chassis in place of
// external_ids:system-id (ovn-controller(8)).
const overrideFile = "system-id-override"

// given is what the daemon knows of its host, as the rules call it.
func given(o *options, log *slog.Logger) map[string]string {
	known := map[string]string{
		"rundir": dirs.OVSRun(),
		"now":    strconv.FormatInt(time.Now().UnixMilli(), 10),
	}
	if o.hasName {
		known["chassis"] = o.chassis
	}
	if host, err := os.Hostname(); err == nil {
		known["hostname"] = host
	} else {
		log.Warn("cannot find out the name of the host", "error", err)
	}
	if name, ok := readOverride(filepath.Join(dirs.OVNSysconf(), overrideFile), log); ok {
		known["override"] = name
	}
	return known
}

// readOverride reads the first line of a file; ok is false if it is not there or empty.
func readOverride(path string, log *slog.Logger) (name string, ok bool) {
	f, err := os.Open(path)
	if err != nil {
		if !os.IsNotExist(err) {
			log.Warn("cannot read the name of the chassis", "error", err)
		}
		return "", false
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	ok = lines.Scan()
	return lines.Text(), ok
}
