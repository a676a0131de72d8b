package examples

import _ "embed"

// TwoSwitches is a Northbound of two switches, four ports and an ACL, as woven run shows it.
//
//go:embed two-switches.rows
var TwoSwitches []byte
