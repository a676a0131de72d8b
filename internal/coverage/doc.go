// Package coverage counts events in a daemon (transactions refused, reconnections, …) and shows
// their totals and recent rates in the form of coverage/show in ovs-appctl(8). It is for events
// that are counted and not timed; durations belong to package stopwatch.
package coverage
