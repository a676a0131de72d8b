package unixctl

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

// Unlimited as Command.MaxArgs accepts any number of arguments.
const Unlimited = math.MaxInt

// Handler carries out one command and returns its output, or an error whose text the client
// prints before it exits with status 2. Commands of several clients run at the same time, so a
// handler guards what it touches. The context ends when the daemon does.
type Handler func(ctx context.Context, args []string) (string, error)

// Command is what a client can ask for.
type Command struct {
	// Name is what the client types, by custom subsystem/action.
	Name string
	// Usage describes the arguments in list-commands; empty if there are none.
	Usage string
	// MinArgs and MaxArgs bound the number of arguments, both included.
	MinArgs, MaxArgs int
	// Run does the work.
	Run Handler
}

// table holds the commands of one server.
type table struct {
	mu       sync.RWMutex
	commands map[string]Command
}

// add enters a command; a second one of the same name is a mistake in the program.
func (t *table) add(c Command) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, taken := t.commands[c.Name]; taken {
		panic("unixctl: command " + c.Name + " is registered twice")
	}
	t.commands[c.Name] = c
}

// run checks the arguments of a request and carries it out. The texts are those of the C server.
func (t *table) run(ctx context.Context, name string, args []string) (string, error) {
	t.mu.RLock()
	c, known := t.commands[name]
	t.mu.RUnlock()
	switch {
	case !known:
		return "", fmt.Errorf(
			"%q is not a valid command (use \"list-commands\" to see a list of valid commands)", name)
	case len(args) < c.MinArgs:
		return "", fmt.Errorf("%q command requires at least %d arguments", name, c.MinArgs)
	case len(args) > c.MaxArgs:
		return "", fmt.Errorf("%q command takes at most %d arguments", name, c.MaxArgs)
	}
	return c.Run(ctx, args)
}

// list is the text of list-commands.
func (t *table) list(context.Context, []string) (string, error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	lines := make([]string, 0, len(t.commands))
	for _, c := range t.commands {
		lines = append(lines, fmt.Sprintf("  %-23s %s\n", c.Name, c.Usage))
	}
	slices.Sort(lines)
	return "The available commands are:\n" + strings.Join(lines, ""), nil
}
