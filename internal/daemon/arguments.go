package daemon

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// arity says if an option takes an argument.
type arity int

const (
	none arity = iota
	optional
	required
)

func arityOf(f *pflag.Flag) arity {
	switch {
	case f.Value.Type() == "bool":
		return none
	case f.NoOptDefVal != "":
		return optional
	}
	return required
}

// parse reads a command line as getopt_long(3) does, which is how the C daemons read theirs: long
// options may be shortened as long as they stay unique, and an optional argument may be attached
// to a short option (-vfile:dbg). pflag's own parser knows neither. It returns the arguments that
// are not options.
func parse(flags *pflag.FlagSet, args []string) (rest []string, err error) {
	for len(args) > 0 && err == nil {
		arg := args[0]
		args = args[1:]
		switch {
		case arg == "--":
			return append(rest, args...), nil
		case strings.HasPrefix(arg, "--"):
			args, err = parseLong(flags, arg[2:], args)
		case len(arg) > 1 && arg[0] == '-':
			args, err = parseShort(flags, arg[1:], args)
		default:
			rest = append(rest, arg)
		}
	}
	return rest, err
}

// parseLong sets a long option, and returns the arguments after it.
func parseLong(flags *pflag.FlagSet, text string, args []string) ([]string, error) {
	name, value, given := strings.Cut(text, "=")
	f, err := findLong(flags, name)
	if err != nil {
		return nil, err
	}
	switch kind := arityOf(f); {
	case kind == none && given:
		return nil, fmt.Errorf("option '--%s' doesn't allow an argument", f.Name)
	case kind == required && !given && len(args) == 0:
		return nil, fmt.Errorf("option '--%s' requires an argument", f.Name)
	case kind == required && !given:
		value, args = args[0], args[1:]
	case !given:
		value = f.NoOptDefVal
	}
	return args, set(f, value)
}

// findLong finds an option by its name or by a beginning that no other option has.
func findLong(flags *pflag.FlagSet, name string) (*pflag.Flag, error) {
	if f := flags.Lookup(name); f != nil {
		return f, nil
	}
	var found []*pflag.Flag
	var names string
	flags.VisitAll(func(f *pflag.Flag) {
		if strings.HasPrefix(f.Name, name) {
			found = append(found, f)
			names += " '--" + f.Name + "'"
		}
	})
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("unrecognized option '--%s' (use --help for help)", name)
	case 1:
		return found[0], nil
	}
	return nil, fmt.Errorf("option '--%s' is ambiguous; possibilities:%s", name, names)
}

// parseShort sets the short options of one word, and returns the arguments after it.
func parseShort(flags *pflag.FlagSet, word string, args []string) ([]string, error) {
	for len(word) > 0 {
		letter := word[:1]
		word = word[1:]
		f := flags.ShorthandLookup(letter)
		if f == nil {
			return nil, fmt.Errorf("invalid option -- '%s' (use --help for help)", letter)
		}
		value := f.NoOptDefVal
		if kind := arityOf(f); kind != none && word != "" {
			value, word = word, ""
		} else if kind == required && len(args) == 0 {
			return nil, fmt.Errorf("option requires an argument -- '%s'", letter)
		} else if kind == required {
			value, args = args[0], args[1:]
		}
		if err := set(f, value); err != nil {
			return nil, err
		}
	}
	return args, nil
}

// set gives an option its value.
func set(f *pflag.Flag, value string) error {
	if err := f.Value.Set(value); err != nil {
		return fmt.Errorf("option '--%s': %w", f.Name, err)
	}
	f.Changed = true
	return nil
}
