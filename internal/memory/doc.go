// Package memory reports what a daemon's memory is used for: memory/show on the control socket,
// and a line in the log when the process has grown. The numbers come from whoever holds the
// objects; here they are only asked for and printed.
package memory
