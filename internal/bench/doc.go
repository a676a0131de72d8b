// Package bench measures the engine and the daemons: the workloads behind woven bench, each of
// which also checks that what it measured was right. Figures belong into docs/performance.md.
package bench
