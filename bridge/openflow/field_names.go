package openflow

// The fields, in the order in which dump-flows prints what a match asks of them.
const (
	FieldPktMark Field = iota + 1
	FieldConjID
	FieldActsetOutput
	FieldCTState
	FieldCTZone
	FieldCTMark
	FieldCTLabel
	FieldCTNwSrc
	FieldCTIPv6Src
	FieldCTNwDst
	FieldCTIPv6Dst
	FieldCTNwProto
	FieldCTTpSrc
	FieldCTTpDst
	FieldEthType
	FieldReg0 // to reg15; see Reg
)

// The fields after the registers.
const (
	FieldTunID Field = FieldReg0 + 16 + iota
	FieldTunSrc
	FieldTunDst
	FieldTunIPv6Src
	FieldTunIPv6Dst
	FieldTunFlags
	FieldTunMetadata0 // to tun_metadata63; see TunMetadata
)

// The fields after the tunnel options.
const (
	FieldMetadata Field = FieldTunMetadata0 + 64 + iota
	FieldInPort
	FieldVLANTCI
	FieldEthSrc
	FieldEthDst
	FieldIPv6Src
	FieldIPv6Dst
	FieldIPv6Label
	FieldARPSPA
	FieldARPTPA
	FieldIPSrc
	FieldIPDst
	FieldIPProto
	FieldARPOp
	FieldARPSHA
	FieldARPTHA
	FieldIPDSCP
	FieldIPECN
	FieldIPTTL
	FieldMPLSLabel
	FieldMPLSTC
	FieldMPLSTTL
	FieldMPLSBOS
	FieldIPFrag
	FieldICMPv4Type
	FieldICMPv4Code
	FieldICMPv6Type
	FieldICMPv6Code
	FieldNDTarget
	FieldNDSLL
	FieldNDTLL
	FieldTCPSrc
	FieldTCPDst
	FieldUDPSrc
	FieldUDPDst
	FieldSCTPSrc
	FieldSCTPDst
	FieldTCPFlags

	// The rest has no place of its own in a match: matches that ask for these fields are kept and
	// printed as asking for the fields above that they are made of, nd_reserved and nd_options_type
	// excepted, which only actions may use.

	FieldInPortOXM
	FieldVLANVID
	FieldVLANPCP
	FieldIPTOS
	FieldNDReserved
	FieldNDOptionsType
	FieldXReg0 // to xreg7; see XReg
)

// The fields after the registers of 64 bits.
const (
	FieldXXReg0 Field = FieldXReg0 + 8 + iota // to xxreg3; see XXReg
	fieldsEnd   Field = FieldXXReg0 + 4
)
