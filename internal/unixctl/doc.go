// Package unixctl is the control socket of a daemon: the JSON-RPC protocol that ovs-appctl(8) and
// ovn-appctl(8) speak, a table of commands, a server and a small client. What a command does
// belongs to the package whose state it shows; here are only the protocol and the two commands
// that describe the table itself, list-commands and version.
package unixctl
