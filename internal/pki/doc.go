// Package pki is the options by which OVN's daemons are given certificates, and which are the same
// for all of them.
//
// What belongs here: those options. What does not: TLS itself, which is bridge/ovsdb's.
package pki
