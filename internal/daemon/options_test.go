package daemon

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"
)

// flagsForTest has an option of each kind.
func flagsForTest() (flags *pflag.FlagSet, values func() []any) {
	flags = pflag.NewFlagSet("x", pflag.ContinueOnError)
	detach := flags.BoolP("detach", "d", false, "")
	dry := flags.Bool("dry-run", false, "")
	level := flags.StringP("verbose", "v", "", "")
	flags.Lookup("verbose").NoOptDefVal = "dbg"
	name := flags.StringP("name", "n", "", "")
	threads := flags.Int("threads", 1, "")
	return flags, func() []any { return []any{*detach, *dry, *level, *name, *threads} }
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		args []string
		want []any
		rest []string
		fail string
	}{
		{args: nil, want: []any{false, false, "", "", 1}},
		{args: []string{"--detach", "--name=a=b"}, want: []any{true, false, "", "a=b", 1}},
		{args: []string{"--name", "--detach"}, want: []any{false, false, "", "--detach", 1}},
		{args: []string{"--det", "--thr=4"}, want: []any{true, false, "", "", 4}},
		{args: []string{"-v"}, want: []any{false, false, "dbg", "", 1}},
		{args: []string{"-vfile:info", "x"}, want: []any{false, false, "file:info", "", 1},
			rest: []string{"x"}},
		{args: []string{"-v", "x"}, want: []any{false, false, "dbg", "", 1}, rest: []string{"x"}},
		{args: []string{"-dvdn"}, want: []any{true, false, "dn", "", 1}},
		{args: []string{"-dnx"}, want: []any{true, false, "", "x", 1}},
		{args: []string{"-dn", "x"}, want: []any{true, false, "", "x", 1}},
		{args: []string{"a", "-d", "-", "--", "--dry-run"}, want: []any{true, false, "", "", 1},
			rest: []string{"a", "-", "--dry-run"}},
		{args: []string{"--d"}, fail: "option '--d' is ambiguous; possibilities: '--detach' '--dry-run'"},
		{args: []string{"--nope=3"}, fail: "unrecognized option '--nope' (use --help for help)"},
		{args: []string{"--detach=yes"}, fail: "option '--detach' doesn't allow an argument"},
		{args: []string{"--name"}, fail: "option '--name' requires an argument"},
		{args: []string{"-dx"}, fail: "invalid option -- 'x' (use --help for help)"},
		{args: []string{"-dn"}, fail: "option requires an argument -- 'n'"},
		{args: []string{"--threads=x"}, fail: "option '--threads': strconv.ParseInt"},
	} {
		flags, values := flagsForTest()
		rest, err := parse(flags, c.args)
		if c.fail != "" {
			require.ErrorContains(t, err, c.fail, c.args)
			continue
		}
		require.NoError(t, err, c.args)
		require.Equal(t, c.want, values(), c.args)
		require.Equal(t, c.rest, rest, c.args)
	}
}

func TestInformation(t *testing.T) {
	p := newPlace(t)
	for _, option := range []string{"-V", "--version"} {
		output, status := p.run(option, "--detach")
		require.Zero(t, status)
		require.Equal(t, "sample 1.2.3\nOpen vSwitch Library 3.1.0\n", output)
	}
	for _, option := range []string{"-h", "--help"} {
		output, status := p.run(option)
		require.Zero(t, status)
		require.Contains(t, output, "sample: a daemon for tests\nusage: sample [OPTIONS]\n\nOptions:\n"+
			"  --mode=MODE               what to do\n  --unixctl=SOCKET ")
		require.Contains(t, output, "(default: "+p.path("sample.pid")+")\n")
		require.Contains(t, output, "(default: "+p.path("sample.log")+")\n")
	}
	output, status := p.run("--options")
	require.Zero(t, status)
	for _, line := range []string{"--detach\n", "--pidfile=[ARG]\n", "--unixctl=ARG\n-u ARG\n",
		"--help\n-h\n", "--verbose=[ARG]\n-v [ARG]\n", "--mode=ARG\n-m ARG\n"} {
		require.Contains(t, output, line)
	}
}

func TestBadCommandLines(t *testing.T) {
	p := newPlace(t)
	for arg, want := range map[string]string{
		"--nope": "sample: unrecognized option '--nope' (use --help for help)\n",
		"-vfoo": "sample: option '--verbose': processing \"foo\": " +
			"no destination, level, or module \"foo\"\n",
		"--user=nosuch":        "sample: user nosuch not found, aborting\n",
		"--user=nobody:nosuch": "sample: group nosuch not found, aborting\n",
		"--user=nobody:adm": "sample: invalid --user option nobody:adm " +
			"(user nobody is not in group adm), aborting\n",
	} {
		if strings.HasPrefix(arg, "--user") && os.Getuid() != 0 {
			want = "sample: only root can use --user option\n"
		}
		output, status := p.run(arg)
		require.Equal(t, 1, status, arg)
		require.Equal(t, want, output, arg)
	}
	output, status := p.run("one", "two")
	require.Equal(t, 1, status)
	require.Equal(t, "sample: unexpected argument \"two\" (use --help for help)\n", output)
}
