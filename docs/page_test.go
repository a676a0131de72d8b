package docs_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// patience is how long a command may take, such as one that waits for something that never comes,
// unless a place has its own.
const patience = time.Minute

// block is a fenced part of a page. Its info string says what it is:
//   - "console": commands behind "$ ", each with its output below it; "> " continues a command;
//     "..." stands for any text;
//   - any other word with a file's name behind it: the contents of that file;
//   - any other word alone: something to read.
type block struct {
	kind, file string
	first      int // index of its first line in the page
	lines      []string
}

// blocks finds the fenced parts of a page.
func blocks(lines []string) []block {
	var out []block
	var open *block
	for i, line := range lines {
		info, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && open == nil:
			kind, file, _ := strings.Cut(info, " ")
			open = &block{kind: kind, file: file, first: i + 1}
		case fence:
			out = append(out, *open)
			open = nil
		case open != nil:
			open.lines = append(open.lines, line)
		}
	}
	return out
}

// command is one command of a console block and the output that the page shows for it.
type command struct {
	text   string
	shown  []string // the lines of the command itself
	output []string
	atLine int // from 1
}

func commands(b block) []command {
	var out []command
	for i, line := range b.lines {
		text, isCommand := strings.CutPrefix(line, "$ ")
		last := len(out) - 1
		switch {
		case isCommand:
			out = append(out, command{text: text, shown: []string{line}, atLine: b.first + i + 1})
		case last >= 0 && strings.HasPrefix(line, "> ") && len(out[last].output) == 0:
			out[last].text += "\n" + line[2:]
			out[last].shown = append(out[last].shown, line)
		case last >= 0:
			out[last].output = append(out[last].output, line)
		}
	}
	return out
}

// place is where a page's files lie and its commands run.
type place struct {
	folder      string
	environment []string
	patience    time.Duration
}

func (p place) write(b block) error {
	name := filepath.Join(p.folder, b.file)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(strings.Join(b.lines, "\n")+"\n"), 0o644)
}

// run runs a command and returns the lines of all it printed. Its exit status shows in what it
// printed, or not at all.
func (p place) run(c command) []string {
	ctx, cancel := context.WithTimeout(context.Background(), cmp.Or(p.patience, patience))
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", c.text)
	cmd.Dir = p.folder
	cmd.Env = p.environment
	// What the command has started ends with it; a sandbox cleans up first.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = patience
	text, err := cmd.CombinedOutput()
	if len(text) == 0 {
		if err != nil {
			return []string{err.Error()}
		}
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

// fits reports whether an output is what a page shows.
func fits(shown, output []string) bool {
	pattern := strings.ReplaceAll(regexp.QuoteMeta(strings.Join(shown, "\n")), `\.\.\.`, `.*`)
	return regexp.MustCompile(`(?s)^` + pattern + `$`).MatchString(strings.Join(output, "\n"))
}

// follow writes the files and runs the commands of a page from its begin to its end. It returns
// what differs, and the page with the outputs that there were.
func follow(name string, text string, p place) (faults []string, current string, err error) {
	lines := strings.Split(text, "\n")
	var out []string
	next := 0 // the first line that out lacks
	for _, b := range blocks(lines) {
		switch {
		case b.kind == "console":
			out = append(out, lines[next:b.first]...)
			for _, c := range commands(b) {
				output := p.run(c)
				if fits(c.output, output) {
					output = c.output
				} else {
					faults = append(faults, fmt.Sprintf("%s:%d: %s\nprinted\n%s\nthe page shows\n%s",
						name, c.atLine, c.text, strings.Join(output, "\n"), strings.Join(c.output, "\n")))
				}
				out = append(append(out, c.shown...), output...)
			}
			next = b.first + len(b.lines)
		case b.file != "":
			if err := p.write(b); err != nil {
				return nil, "", err
			}
		}
	}
	return faults, strings.Join(append(out, lines[next:]...), "\n"), nil
}
