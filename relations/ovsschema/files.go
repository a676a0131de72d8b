package ovsschema

import (
	"fmt"
	"os"
	"path/filepath"
)

// File is a database whose declarations the rules contain.
type File struct {
	Prefix string // of its relations
	Schema string // the installed .ovsschema file that they are made from
}

// Files are the databases that the rules know.
var Files = []File{
	{Prefix: "nb", Schema: "/usr/share/ovn/ovn-nb.ovsschema"},
	{Prefix: "sb", Schema: "/usr/share/ovn/ovn-sb.ovsschema"},
	{Prefix: "ovs", Schema: "/usr/share/openvswitch/vswitch.ovsschema"},
}

// Generate makes the text of the declarations from the installed schema.
func (f File) Generate() ([]byte, error) {
	text, err := os.ReadFile(f.Schema)
	if err != nil {
		return nil, fmt.Errorf("the schema is not installed (apt-get install ovn-common openvswitch-common): %w", err)
	}
	database, err := Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Schema, err)
	}
	return Declare(database, f.Prefix), nil
}

// Write makes the declarations of every database in the folder, one file each.
func Write(folder string) error {
	for _, f := range Files {
		text, err := f.Generate()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, f.Prefix+".mg"), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
