// Package stopwatch measures how long the repeated steps of a daemon take, and shows the figures
// over the control socket in the form of ovn-northd's stopwatch/show. It keeps a few numbers for
// each stopwatch, however many samples there are. Per-rule counters belong to the engine, event
// counts to package coverage.
package stopwatch
