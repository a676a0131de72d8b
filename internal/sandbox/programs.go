package sandbox

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"woven/internal/testbed"
)

// choose finds the program for a role: the one that the user has named, else woven's own beside
// this executable, else the reference's. The note, if any, says why it is not woven's.
func choose(named, own string, reference testbed.Program) (p testbed.Program, note string, err error) {
	if named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return p, "", fmt.Errorf("%s: it is neither a file that can be run nor a program on the PATH",
				named)
		}
		if path, err = filepath.Abs(path); err != nil {
			return p, "", err
		}
		// Only the reference's crashes at its start now and then.
		fragile := reference.Fragile && filepath.Base(path) == filepath.Base(reference.Path)
		return testbed.Program{Path: path, Fragile: fragile}, "", nil
	}
	executable, err := os.Executable()
	if err != nil {
		return p, "", err
	}
	beside := filepath.Join(filepath.Dir(executable), own)
	if isFile(beside) {
		return testbed.Program{Path: beside}, "", nil
	}
	return reference, fmt.Sprintf("There is no %s, so %s runs instead.", beside, reference.Path), nil
}
