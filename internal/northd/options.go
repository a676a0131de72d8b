package northd

import (
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/pflag"

	"woven/bridge/ovsdb"
	"woven/internal/dirs"
)

// options are those of ovn-northd(8) that are not about how a daemon runs, and our own.
type options struct {
	nb, sb  string // remotes, as ovsdb.ParseRemotes reads them
	dryRun  bool
	threads string
	rules   string // a folder of rules; empty for those in the program
	tls     ovsdb.TLSFiles
	// protocols and ciphers are accepted for the sake of scripts: Go negotiates TLS 1.2 or newer
	// with its own choice of ciphers.
	protocols, ciphers string
}

func (o *options) add(flags *pflag.FlagSet) {
	flags.StringVarP(&o.nb, "ovnnb-db", "D", defaultRemote("OVN_NB_DB", "ovnnb_db.sock"),
		"connect to the Northbound at DATABASE")
	flags.StringVarP(&o.sb, "ovnsb-db", "d", defaultRemote("OVN_SB_DB", "ovnsb_db.sock"),
		"connect to the Southbound at DATABASE")
	flags.BoolVar(&o.dryRun, "dry-run", false, "start in paused state")
	flags.StringVar(&o.threads, "n-threads", "1", "accepted; all processors are used anyway")
	flags.StringVar(&o.rules, "rules", "", "run the rules in DIR instead of those in the program")
	flags.StringVarP(&o.tls.PrivateKey, "private-key", "p", "", "file with private key")
	flags.StringVarP(&o.tls.Certificate, "certificate", "c", "", "file with certificate")
	flags.StringVarP(&o.tls.CACertificate, "ca-cert", "C", "", "file with peer CA certificate")
	flags.StringVar(&o.protocols, "ssl-protocols", "", "accepted; TLS 1.2 or newer is used")
	flags.StringVar(&o.ciphers, "ssl-ciphers", "", "accepted; Go chooses the ciphers")
}

// defaultRemote is where a database is if the command line does not say so.
func defaultRemote(variable, socket string) string {
	if remote := os.Getenv(variable); remote != "" {
		return remote
	}
	return "unix:" + dirs.In(dirs.OVNRun(), socket)
}

// makeAbsolute keeps files findable after the daemon has changed its directory to /.
func (o *options) makeAbsolute() error {
	for _, path := range []*string{&o.rules, &o.tls.PrivateKey, &o.tls.Certificate,
		&o.tls.CACertificate} {
		if *path == "" {
			continue
		}
		absolute, err := filepath.Abs(*path)
		if err != nil {
			return err
		}
		*path = absolute
	}
	return nil
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
  -p, --private-key=FILE    file with private key, for databases at ssl: addresses
  -c, --certificate=FILE    file with certificate for private key
  -C, --ca-cert=FILE        file with peer CA certificate
  --ssl-protocols=PROTOS    accepted and ignored: TLS 1.2 or newer is used
  --ssl-ciphers=CIPHERS     accepted and ignored
`
}
