// Package northd is the daemon woven-northd: ovn-northd's command line, log and control socket
// around a session that runs the rules of rules/northd between the two databases.
//
// What belongs here: what ovn-northd(8) says of the program itself, and the choice of databases,
// lock and rules. What does not: what any daemon has (internal/daemon), how a program runs between
// databases (internal/session), and every decision about the network, which is a rule.
package northd
