package testbed

import (
	"errors"
	"path/filepath"
)

// Central is the Northbound, the Southbound and the northd between them.
type Central struct {
	// NB and SB are the servers of the two databases; Northd is the northd.
	NB, SB, Northd *Daemon

	folder string
}

// StartCentral starts the databases and the northd, and waits until the northd has made its first
// conclusions.
func (b *Bed) StartCentral(northd Program) (*Central, error) {
	if b.Central != nil {
		return nil, errors.New("the bed has its central databases already")
	}
	folder, err := b.newFolder("central")
	if err != nil {
		return nil, err
	}
	c := &Central{folder: folder}
	if c.NB, err = b.newDatabase(folder, "nb", northboundSchema, "ovnnb_db.sock"); err != nil {
		return nil, err
	}
	if c.SB, err = b.newDatabase(folder, "sb", southboundSchema, "ovnsb_db.sock"); err != nil {
		return nil, err
	}
	c.Northd = b.newDaemon(northd.Name(), northd, folder,
		"--ovnnb-db="+c.NBRemote(), "--ovnsb-db="+c.SBRemote())
	for _, d := range []*Daemon{c.NB, c.SB, c.Northd} {
		if err := d.Start(); err != nil {
			return nil, err
		}
	}
	b.Central = c
	return c, c.Sync("sb")
}

// Folder is the run-time directory of the databases and the northd.
func (c *Central) Folder() string { return c.folder }

// NBRemote is where clients reach the Northbound.
func (c *Central) NBRemote() string { return "unix:" + filepath.Join(c.folder, "ovnnb_db.sock") }

// SBRemote is where clients reach the Southbound.
func (c *Central) SBRemote() string { return "unix:" + filepath.Join(c.folder, "ovnsb_db.sock") }

// NBCtl runs ovn-nbctl on the Northbound and returns what it prints.
func (c *Central) NBCtl(args ...string) (string, error) {
	return client(c.folder, "ovn-nbctl", append([]string{"--db=" + c.NBRemote()}, args...)...)
}

// SBCtl runs ovn-sbctl on the Southbound and returns what it prints.
func (c *Central) SBCtl(args ...string) (string, error) {
	return client(c.folder, "ovn-sbctl", append([]string{"--db=" + c.SBRemote()}, args...)...)
}

// Sync returns when everything up to now has reached the Southbound (level "sb") or the flows of
// all hypervisors ("hv"), as "ovn-nbctl --wait=LEVEL sync" does.
func (c *Central) Sync(level string) error {
	_, err := c.NBCtl("--wait="+level, "sync")
	return err
}
