package pki

import (
	"log/slog"
	"path/filepath"

	"github.com/spf13/pflag"

	"woven/bridge/ovsdb"
)

// Options are the PKI options of ovn-northd(8) and ovn-controller(8).
type Options struct {
	Files ovsdb.TLSFiles
	// protocols and ciphers are accepted for the sake of scripts: Go negotiates TLS 1.2 or newer
	// with its own choice of ciphers.
	protocols, ciphers string
}

// Add adds the options to a command line.
func (o *Options) Add(flags *pflag.FlagSet) {
	flags.StringVarP(&o.Files.PrivateKey, "private-key", "p", "", "file with private key")
	flags.StringVarP(&o.Files.Certificate, "certificate", "c", "", "file with certificate")
	flags.StringVarP(&o.Files.CACertificate, "ca-cert", "C", "", "file with peer CA certificate")
	flags.StringVar(&o.protocols, "ssl-protocols", "", "accepted; TLS 1.2 or newer is used")
	flags.StringVar(&o.ciphers, "ssl-ciphers", "", "accepted; Go chooses the ciphers")
}

// MakeAbsolute keeps the files findable after the daemon has changed its directory to /.
func (o *Options) MakeAbsolute() error {
	return MakeAbsolute(&o.Files.PrivateKey, &o.Files.Certificate, &o.Files.CACertificate)
}

// MakeAbsolute makes paths absolute that are not empty.
func MakeAbsolute(paths ...*string) error {
	for _, path := range paths {
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

// Check warns of options that do not do what they say.
func (o *Options) Check(log *slog.Logger) {
	if o.protocols+o.ciphers != "" {
		log.Warn("--ssl-protocols and --ssl-ciphers are ignored: TLS 1.2 or newer is used")
	}
}

// Usage is the part of --help about these options.
func Usage() string {
	return `  -p, --private-key=FILE    file with private key, for databases at ssl: addresses
  -c, --certificate=FILE    file with certificate for private key
  -C, --ca-cert=FILE        file with peer CA certificate
  --ssl-protocols=PROTOS    accepted and ignored: TLS 1.2 or newer is used
  --ssl-ciphers=CIPHERS     accepted and ignored
`
}
