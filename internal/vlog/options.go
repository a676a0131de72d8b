package vlog

import (
	"fmt"

	"github.com/spf13/pflag"

	"woven/internal/dirs"
)

// Usage is the part about logging in a program's --help; %s is the default log file.
const Usage = `
Logging options:
  -vSPEC, --verbose=SPEC   set logging levels
  -v, --verbose            set maximum verbosity level
  --log-file[=FILE]        enable logging to specified FILE
                           (default: %s)
  --syslog-method=(libc|unix:file|udp:ip:port)
                           specify how to send messages to syslog daemon
  --syslog-target=HOST:PORT  also send syslog msgs to HOST:PORT via UDP
`

// DefaultFile is the log file of a program whose --log-file has no argument.
func DefaultFile(program string) string { return dirs.In(dirs.OVNLog(), program+".log") }

// AddFlags adds the logging options of ovn-northd(8). They take effect when they are parsed, but
// the file is opened by OpenFile, with what *file holds then.
func (l *Log) AddFlags(flags *pflag.FlagSet) (file *string) {
	flags.VarPF(option{"SPEC", func(spec string) error {
		if err := l.Set(spec); err != nil {
			return fmt.Errorf("processing %q: %w", spec, err)
		}
		return nil
	}}, "verbose", "v", "set logging levels").NoOptDefVal = "dbg"
	file = flags.String("log-file", "", "enable logging to a file")
	flags.Lookup("log-file").NoOptDefVal = DefaultFile(l.program)
	flags.Var(option{"METHOD", l.withLock(l.syslog.setMethod)}, "syslog-method",
		"how to send messages to the syslog daemon")
	flags.Var(option{"IP:PORT", l.withLock(l.syslog.setTarget)}, "syslog-target",
		"also send syslog messages to a UDP port")
	return file
}

// withLock makes a change that the writers must not see half done.
func (l *Log) withLock(set func(string) error) func(string) error {
	return func(value string) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		return set(value)
	}
}

// option is a flag that acts when it is set.
type option struct {
	kind string
	set  func(string) error
}

// Set acts on the value.
func (o option) Set(value string) error { return o.set(value) }

// String is empty: the options have no default value to show.
func (o option) String() string { return "" }

// Type names the kind of value.
func (o option) Type() string { return o.kind }
