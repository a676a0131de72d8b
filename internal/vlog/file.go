package vlog

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
)

// logFile is the file destination. Its path stays known while the file is closed.
type logFile struct {
	path   string
	open   *os.File
	opened func(*os.File)
}

// OnFile asks for a call whenever the log file has been opened, and with nil when it has been
// closed, so that the runtime's report of a crash can go there too. Set it before OpenFile.
func (l *Log) OnFile(opened func(*os.File)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.file.opened = opened
}

// OpenFile starts logging to a file, which is created if need be and appended to.
func (l *Log) OpenFile(path string) error {
	l.mu.Lock()
	l.file.path = path
	l.mu.Unlock()
	return l.ReopenFile()
}

// ReopenFile opens the log file again if another file, or none, is in its place now: what a
// rotation of logs needs. Without a log file it does nothing.
func (l *Log) ReopenFile() error {
	l.mu.Lock()
	path, same := l.file.path, l.file.isInPlace()
	l.mu.Unlock()
	if path == "" || same {
		return nil
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o660)
	if err != nil {
		var cause *fs.PathError
		if errors.As(err, &cause) {
			err = cause.Err
		}
		l.say(slog.LevelWarn, "failed to open %s for logging: %v", path, err)
		return fmt.Errorf("failed to open %s for logging: %w", path, err)
	}
	if l.fileIsOpen() {
		l.say(slog.LevelInfo, "closing log file")
	}
	l.swapFile(file)
	l.say(slog.LevelInfo, "opened log file %s", path)
	return nil
}

// CloseFile stops logging to the file until ReopenFile.
func (l *Log) CloseFile() { l.swapFile(nil) }

func (l *Log) fileIsOpen() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file.open != nil
}

// swapFile puts file, or nothing, in the place of the open one.
func (l *Log) swapFile(file *os.File) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file.open != nil {
		_ = l.file.open.Close() // Every line has been written already.
	}
	l.file.open = file
	if l.file.opened != nil {
		l.file.opened(file)
	}
}

// isInPlace says if the open file is the one that the path leads to.
func (f *logFile) isInPlace() bool {
	if f.open == nil {
		return false
	}
	ours, err := f.open.Stat()
	if err != nil {
		return false
	}
	theirs, err := os.Stat(f.path)
	return err == nil && os.SameFile(ours, theirs)
}
