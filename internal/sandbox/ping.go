package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"woven/internal/testbed"
	"woven/internal/unixctl"
)

// controlSocket is where the sandbox is asked to ping.
func controlSocket(b *testbed.Bed) string { return filepath.Join(b.Folder(), "sandbox.ctl") }

// serve answers the commands of machines until the server is closed.
func serve(b *testbed.Bed) (*unixctl.Server, error) {
	server := unixctl.NewServer("woven sandbox", slog.New(slog.DiscardHandler))
	server.Register(unixctl.Command{Name: "ping", Usage: "MACHINE ADDRESS [COUNT]", MinArgs: 2, MaxArgs: 3,
		Run: func(ctx context.Context, args []string) (string, error) { return ping(ctx, b, args) }})
	if err := server.Listen(controlSocket(b)); err != nil {
		return nil, err
	}
	server.Serve()
	return server, nil
}

const (
	pingCount = 3
	pingMax   = 1000
	pingLimit = time.Second
	pingPause = 100 * time.Millisecond
)

// ping sends echo requests from a machine. That none is answered is an error, so that scripts see
// it.
func ping(ctx context.Context, b *testbed.Bed, args []string) (string, error) {
	vm, err := b.VM(args[0])
	if err != nil {
		return "", err
	}
	to, err := netip.ParseAddr(args[1])
	if err != nil {
		return "", fmt.Errorf("%q is no IPv4 or IPv6 address", args[1])
	}
	count := pingCount
	if len(args) > 2 {
		if count, err = strconv.Atoi(args[2]); err != nil || count < 1 || count > pingMax {
			return "", fmt.Errorf("%q is no count from 1 to %d", args[2], pingMax)
		}
	}
	echo, stop, err := vm.Echo(to)
	if err != nil {
		return "", err
	}
	defer stop()
	var lines strings.Builder
	answered := 0
	for i := range count {
		if i > 0 {
			select {
			case <-ctx.Done():
				return "", ctx.Err()
			case <-time.After(pingPause):
			}
		}
		took, err := echo(pingLimit)
		if err != nil {
			fmt.Fprintf(&lines, "%s\n", err)
			continue
		}
		answered++
		fmt.Fprintf(&lines, "reply from %s after %.2f ms\n", to, took.Seconds()*1000)
	}
	fmt.Fprintf(&lines, "%d of %d answered\n", answered, count)
	if answered == 0 {
		return "", errors.New(lines.String())
	}
	return lines.String(), nil
}
