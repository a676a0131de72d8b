package openflow

import "encoding/binary"

// The types of OpenFlow's own actions.
const (
	actionOutput     = 0
	actionSetMPLSTTL = 15
	actionDecMPLSTTL = 16
	actionPushVLAN   = 17
	actionPopVLAN    = 18
	actionPushMPLS   = 19
	actionPopMPLS    = 20
	actionSetQueue   = 21
	actionGroup      = 22
	actionSetTTL     = 23
	actionDecTTL     = 24
	actionSetField   = 25
	actionCopyField  = 28
	actionMeter      = 29

	actionExperimenter = 0xffff
)

// nicira is the experimenter of Open vSwitch's extensions.
const nicira = 0x00002320

// The subtypes of Open vSwitch's actions.
const (
	nxPopQueue          = 5
	nxNote              = 8
	nxMultipath         = 10
	nxBundle            = 12
	nxBundleLoad        = 13
	nxResubmitTable     = 14
	nxOutputField       = 15
	nxLearn             = 16
	nxExit              = 17
	nxController        = 20
	nxDecTTLFor         = 21
	nxPush              = 27
	nxPop               = 28
	nxSample            = 29
	nxConjunction       = 34
	nxCT                = 35
	nxNAT               = 36
	nxController2       = 37
	nxSample2           = 38
	nxOutputTruncated   = 39
	nxSample3           = 41
	nxClone             = 42
	nxCTClear           = 43
	nxResubmitTableCT   = 44
	nxLearn2            = 45
	nxCheckPacketLarger = 49
	nxDeleteField       = 50
)

// AppendActions appends the bytes of the actions, as flows, groups, packet-outs and the user data
// of OVN's controller actions have them. The map says how long tun_metadata fields are; nil is
// right for actions that set none.
func AppendActions(b []byte, actions []Action, tunnel *TunnelMap) []byte {
	for _, a := range actions {
		b = a.appendWire(b, tunnel)
	}
	return b
}

func put16(b []byte, v uint16) []byte { return binary.BigEndian.AppendUint16(b, v) }
func put32(b []byte, v uint32) []byte { return binary.BigEndian.AppendUint32(b, v) }
func put64(b []byte, v uint64) []byte { return binary.BigEndian.AppendUint64(b, v) }

// put0 appends n bytes that are 0.
func put0(b []byte, n int) []byte {
	var zeros [64]byte
	return append(b, zeros[:n]...)
}

// pad8 appends bytes that are 0 until what follows start is a multiple of 8 bytes.
func pad8(b []byte, start int) []byte { return put0(b, -(len(b)-start)&7) }

// standard begins an action of OpenFlow's own. Its length follows in finish.
func standard(b []byte, kind uint16) []byte { return put16(put16(b, kind), 0) }

// extension begins an action of Open vSwitch's.
func extension(b []byte, subtype uint16) []byte {
	b = append(b, 0xff, 0xff, 0, 0, 0, 0, nicira>>8, nicira&0xff)
	return put16(b, subtype)
}

// finish pads what begins at start to a multiple of 8 bytes, and says its length in its second
// 16 bits.
func finish(b []byte, start int) []byte {
	b = pad8(b, start)
	binary.BigEndian.PutUint16(b[start+2:], uint16(len(b)-start))
	return b
}

// short16 is an action of 8 bytes with a number of 16 bits.
func short16(b []byte, kind, v uint16) []byte {
	return append(put16(append(put16(b, kind), 0, 8), v), 0, 0)
}

// short32 is an action of 8 bytes with a number of 32 bits.
func short32(b []byte, kind uint16, v uint32) []byte {
	return put32(append(put16(b, kind), 0, 8), v)
}
