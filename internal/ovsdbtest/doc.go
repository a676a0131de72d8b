// Package ovsdbtest runs real ovsdb-servers for tests: alone or as a cluster, over unix sockets, TCP
// and TLS, killed and started again as a test likes. Every server ends with its test.
//
// What belongs here: starting and stopping servers, a bare client that speaks to them beside the
// code under test. What does not: anything that a
// program other than a test uses, and fakes that only one package's tests need.
package ovsdbtest
