package testbed

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
)

// Datapath says how the hypervisors of a bed move packets.
type Datapath string

// The datapaths of Open vSwitch that a bed can use.
const (
	// Userspace is the datapath "netdev": hypervisors and machines are network namespaces.
	Userspace Datapath = "netdev"
	// Dummy is the datapath of Open vSwitch's own tests: ports are sockets, nothing needs root.
	Dummy Datapath = "dummy"
)

// Bed is a whole stack: the central databases with a northd, and hypervisors with machines.
type Bed struct {
	// Central is nil until StartCentral has been called.
	Central *Central
	// Hypervisors are in the order in which they were started.
	Hypervisors []*Hypervisor

	name     string
	folder   string
	datapath Datapath
	underlay underlay
	undo     []func() error // what Close does, the last first
}

// bedCount numbers the beds of this process.
var bedCount atomic.Int64

// maximalFolder is how long a bed's folder may be, so that the paths of sockets in it are accepted.
const maximalFolder = 60

// New prepares a bed in a folder of its own, with nothing running yet. It removes first what killed
// processes have left of theirs. Close has to be called in the end.
func New(datapath Datapath) (*Bed, error) {
	if err := checkNeeds(datapath); err != nil {
		return nil, err
	}
	if err := sweep(); err != nil {
		return nil, fmt.Errorf("removing what an earlier bed left: %w", err)
	}
	b := &Bed{datapath: datapath, name: bedName(os.Getpid(), int(bedCount.Add(1)))}
	b.folder = filepath.Join(os.TempDir(), b.name)
	if len(b.folder) > maximalFolder {
		return nil, fmt.Errorf("the path %s is too long for sockets: set TMPDIR to a shorter one",
			b.folder)
	}
	if err := os.Mkdir(b.folder, 0o700); err != nil {
		return nil, err
	}
	b.atEnd(func() error { return os.RemoveAll(b.folder) })
	var err error
	if datapath == Userspace {
		b.underlay, err = newBridgedUnderlay(b)
	} else {
		b.underlay = &socketUnderlay{}
	}
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// Folder is where the bed's files are; it goes with the bed.
func (b *Bed) Folder() string { return b.folder }

// Datapath is the one that the bed was made with.
func (b *Bed) Datapath() Datapath { return b.datapath }

// Close ends every program and removes all that the bed has made. Calling it again does nothing.
func (b *Bed) Close() error {
	var failed []error
	for len(b.undo) > 0 {
		last := len(b.undo) - 1
		undo := b.undo[last]
		b.undo = b.undo[:last]
		failed = append(failed, undo())
	}
	return errors.Join(failed...)
}

func (b *Bed) atEnd(undo func() error) { b.undo = append(b.undo, undo) }

// newFolder makes a folder for the files of a part of the bed.
func (b *Bed) newFolder(name string) (string, error) {
	folder := filepath.Join(b.folder, name)
	return folder, os.Mkdir(folder, 0o700)
}

// newNamespace makes a namespace that is named after a part of the bed and goes with it.
func (b *Bed) newNamespace(part string) (*Namespace, error) {
	n, err := newNamespace(b.name + "-" + part)
	if n != nil {
		b.atEnd(n.remove)
	}
	return n, err
}

// newDaemon makes a daemon that is not running yet and ends with the bed.
func (b *Bed) newDaemon(name string, program Program, folder string, args ...string) *Daemon {
	d := &Daemon{name: name, program: program, folder: folder, args: args}
	b.atEnd(func() error {
		d.Kill()
		return nil
	})
	return d
}
