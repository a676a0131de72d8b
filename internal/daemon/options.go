package daemon

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"woven/internal/dirs"
	"woven/internal/unixctl"
	"woven/internal/vlog"
)

// options are those that every daemon has, see ovn-northd(8).
type options struct {
	detach, monitor, noChdir, noSelfConfinement bool
	pidfile                                     string // empty: none
	overwritePidfile                            bool
	user, unixctl                               string
	logFile                                     *string
	help, version, list                         bool
}

// add enters the options into a flag set.
func (o *options) add(flags *pflag.FlagSet, program string) {
	flags.BoolVar(&o.detach, "detach", false, "run in background as daemon")
	flags.BoolVar(&o.monitor, "monitor", false, "restart the daemon when it crashes")
	flags.BoolVar(&o.noChdir, "no-chdir", false, "do not chdir to /")
	flags.BoolVar(&o.noSelfConfinement, "no-self-confinement", false,
		"accepted; this program never confines itself")
	flags.StringVar(&o.pidfile, "pidfile", "", "create pidfile")
	flags.Lookup("pidfile").NoOptDefVal = program + ".pid"
	flags.BoolVar(&o.overwritePidfile, "overwrite-pidfile", false,
		"with --pidfile, start even if already running")
	flags.StringVar(&o.user, "user", "", "run as USER:GROUP")
	flags.StringVarP(&o.unixctl, "unixctl", "u", "", "override default control socket name")
	flags.BoolVarP(&o.help, "help", "h", false, "display this help message")
	flags.BoolVarP(&o.list, "options", "o", false, "list available options")
	flags.BoolVarP(&o.version, "version", "V", false, "display version information")
}

// socketPath is where the control socket is to be.
func (o *options) socketPath(program string) string {
	if o.unixctl == "" {
		return unixctl.DefaultPath(dirs.OVNRun(), program, os.Getpid())
	}
	return dirs.In(dirs.OVNRun(), o.unixctl)
}

// information is the text that --help, --version or --options ask for, or empty.
func (d *Daemon) information() string {
	switch o := d.options; {
	case o.help:
		return d.usage()
	case o.version:
		return strings.TrimSuffix(d.program.Version, "\n") + "\n"
	case o.list:
		return listOptions(d.flags)
	}
	return ""
}

// usage is the text of --help.
func (d *Daemon) usage() string {
	p := d.program
	return fmt.Sprintf("%s: %s\nusage: %s %s\n\nOptions:\n%s", p.Name, p.Summary, p.Name, p.Synopsis,
		p.Options) +
		`  --unixctl=SOCKET          override default control socket name
  -h, --help                display this help message
  -o, --options             list available options
  -V, --version             display version information

Daemon options:
  --detach                run in background as daemon
  --monitor               creates a process to monitor this daemon
  --user=username[:group] changes the effective daemon user:group
  --no-chdir              do not chdir to '/'
  --pidfile[=FILE]        create pidfile (default: ` + dirs.In(dirs.OVNRun(), p.Name+".pid") + `)
  --overwrite-pidfile     with --pidfile, start even if already running
` + fmt.Sprintf(vlog.Usage, vlog.DefaultFile(p.Name))
}

// listOptions is the text of --options, which command line completion reads.
func listOptions(flags *pflag.FlagSet) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		argument := map[arity]string{none: "", optional: "[ARG]", required: "ARG"}[arityOf(f)]
		if argument == "" {
			fmt.Fprintf(&b, "--%s\n", f.Name)
		} else {
			fmt.Fprintf(&b, "--%s=%s\n", f.Name, argument)
		}
		if f.Shorthand != "" {
			fmt.Fprintln(&b, strings.TrimSpace("-"+f.Shorthand+" "+argument))
		}
	})
	return b.String()
}
