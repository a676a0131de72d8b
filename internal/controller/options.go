package controller

import (
	"github.com/spf13/pflag"

	"woven/bridge/ovsdb"
	"woven/internal/dirs"
	"woven/internal/pki"
)

// options are those of ovn-controller(8) that are not about how a daemon runs, and our own.
type options struct {
	chassis   string // the name of -n
	hasName   bool   // -n was given
	rules     string // a folder of rules; empty for those in the program
	pki       pki.Options
	bootstrap string // the CA certificate of --bootstrap-ca-cert
	dummyPlug bool
}

func (o *options) add(flags *pflag.FlagSet) {
	flags.StringVarP(&o.chassis, "chassis", "n", "", "custom chassis name")
	flags.StringVar(&o.rules, "rules", "", "run the rules in DIR instead of those in the program")
	flags.StringVar(&o.bootstrap, "bootstrap-ca-cert", "", "file with peer CA certificate")
	flags.BoolVar(&o.dummyPlug, "enable-dummy-vif-plug", false, "accepted; there is no VIF plug")
	o.pki.Add(flags)
}

// localRemote is where the local Open_vSwitch database is if no argument says so.
func localRemote() string { return "unix:" + dirs.In(dirs.OVSRun(), "db.sock") }

// checkRemote refuses an argument that is no address of a database.
func checkRemote(remote string) error {
	_, err := ovsdb.ParseRemotes(remote)
	return err
}

// usage is the part of --help about these options.
func usage() string {
	return `where OVS-DATABASE is where the local Open_vSwitch database is:
  tcp:HOST:PORT, ssl:HOST:PORT or unix:FILE
  (default: ` + localRemote() + `)

Options of OVN:
  -n, --chassis=NAME        custom chassis name, in place of external_ids:system-id
  --rules=DIR               run the rules in DIR, which has a folder controller, instead of
                            those in the program
  --bootstrap-ca-cert=FILE  file with peer CA certificate, which has to exist
  --enable-dummy-vif-plug   accepted and ignored
` + pki.Usage()
}
