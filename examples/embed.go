package examples

import _ "embed"

// TwoSwitches is a Northbound of two switches, four ports and an ACL, as woven run shows it.
//
//go:embed two-switches.rows
var TwoSwitches []byte

// HV1 is the Open_vSwitch database of the hypervisor on which three of those ports are.
//
//go:embed hv1.rows
var HV1 []byte

// HV2 is that of the hypervisor on which the fourth is.
//
//go:embed hv2.rows
var HV2 []byte
