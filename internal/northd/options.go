package northd

import (
	"os"
	"strconv"

	"github.com/spf13/pflag"

	"woven/internal/dirs"
	"woven/internal/pki"
)

// options are those of ovn-northd(8) that are not about how a daemon runs, and our own.
type options struct {
	nb, sb  string // remotes, as ovsdb.ParseRemotes reads them
	dryRun  bool
	threads string
	rules   string // a folder of rules; empty for those in the program
	pki     pki.Options
}

func (o *options) add(flags *pflag.FlagSet) {
	flags.StringVarP(&o.nb, "ovnnb-db", "D", defaultRemote("OVN_NB_DB", "ovnnb_db.sock"),
		"connect to the Northbound at DATABASE")
	flags.StringVarP(&o.sb, "ovnsb-db", "d", defaultRemote("OVN_SB_DB", "ovnsb_db.sock"),
		"connect to the Southbound at DATABASE")
	flags.BoolVar(&o.dryRun, "dry-run", false, "start in paused state")
	flags.StringVar(&o.threads, "n-threads", "1", "accepted; all processors are used anyway")
	flags.StringVar(&o.rules, "rules", "", "run the rules in DIR instead of those in the program")
	o.pki.Add(flags)
}

// defaultRemote is where a database is if the command line does not say so.
func defaultRemote(variable, socket string) string {
	if remote := os.Getenv(variable); remote != "" {
		return remote
	}
	return "unix:" + dirs.In(dirs.OVNRun(), socket)
}

// threadCount reads the argument of --n-threads and of its command; ok is false if it is no
// number of threads, and then there is one.
func threadCount(text string) (count int, ok bool) {
	count, err := strconv.Atoi(text)
	if err != nil || count < 1 || count > 256 {
		return 1, false
	}
	return count, true
}

// usage is the part of --help about these options.
func usage() string {
	return `  --ovnnb-db=DATABASE       connect to ovn-nb database at DATABASE
                            (default: ` + defaultRemote("OVN_NB_DB", "ovnnb_db.sock") + `)
  --ovnsb-db=DATABASE       connect to ovn-sb database at DATABASE
                            (default: ` + defaultRemote("OVN_SB_DB", "ovnsb_db.sock") + `)
  --dry-run                 start in paused state (do not commit db changes)
  --n-threads=N             accepted and ignored: bulk work uses all processors
  --rules=DIR               run the rules in DIR, which has a folder northd, instead of
                            those in the program
` + pki.Usage()
}
