// Package tidy is the project's style as a test: what can be checked about the sources
// themselves is checked here, over the whole repository, with all findings in one run.
//
// A check is a file named after what it looks at; it takes the repository and returns findings.
// What is allowed is written as a table with a reason in each row: which folder imports which
// (edges, shown in DESIGN.md), which modules are used and where (libraries), and the few places
// that may differ (exceptions). A row that nothing needs any more is a finding too.
//
// What belongs here: rules about the form of sources and documents. What does not: what gofmt, vet,
// staticcheck and the compiler find, and what the program does.
package tidy
