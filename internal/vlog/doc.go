// Package vlog logs as the daemons of Open vSwitch do, behind log/slog: modules with a level for
// each of three destinations (console, syslog, file), patterns for the lines, the command line
// options and the control socket commands that change all this in a running daemon; see
// ovs-appctl(8). Here is how a record becomes a line and where it goes; what is worth a message
// is decided by whoever has the logger.
package vlog
