// Package dirs knows where the daemons of OVN and Open vSwitch keep their files, and which
// environment variables move those places. It belongs here only if it is a directory that
// several programs must agree on; file names inside of them belong to their owners.
package dirs
