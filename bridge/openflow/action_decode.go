package openflow

import (
	"encoding/binary"
	"strconv"
)

// DecodeActions reads actions as AppendActions writes them. The error is a *DecodeError.
func DecodeActions(b []byte) ([]Action, error) { return decodeActions(b, 0) }

func decodeActions(b []byte, depth int) ([]Action, error) {
	if depth > depthMax {
		return nil, decodeErrorf("actions are nested more than %d deep", depthMax)
	}
	var actions []Action
	for len(b) > 0 {
		body, rest, err := cutAction(b)
		if err != nil {
			return nil, within("action "+strconv.Itoa(len(actions)+1), err)
		}
		a, err := decodeAction(binary.BigEndian.Uint16(b), body, depth)
		if err == nil {
			if why := problem(a); why != "" {
				err = decodeErrorf("%s: %s", a.Append(nil), why)
			}
		}
		if err != nil {
			return nil, within("action "+strconv.Itoa(len(actions)+1), err)
		}
		actions, b = append(actions, a), rest
	}
	return actions, nil
}

// cutAction is what is behind the header of the first action, and what follows the action.
func cutAction(b []byte) (body, rest []byte, err error) {
	if len(b) < 8 {
		return nil, nil, errTruncated
	}
	n := int(binary.BigEndian.Uint16(b[2:]))
	if n < 8 || n%8 != 0 || n > len(b) {
		return nil, nil, decodeErrorf("the length is %d, of %d bytes", n, len(b))
	}
	return b[4:n], b[n:], nil
}

// decodeAction reads an action from what is behind its header.
func decodeAction(kind uint16, body []byte, depth int) (Action, error) {
	r := &reader{b: body}
	switch kind {
	case actionOutput:
		return decodeOutput(r)
	case actionSetMPLSTTL:
		return SetMPLSTTL{r.u8()}, r.end()
	case actionDecMPLSTTL:
		return DecMPLSTTL{}, r.end()
	case actionPushVLAN:
		return PushVLAN{r.u16()}, r.end()
	case actionPopVLAN:
		return PopVLAN{}, r.end()
	case actionPushMPLS:
		return PushMPLS{r.u16()}, r.end()
	case actionPopMPLS:
		return PopMPLS{r.u16()}, r.end()
	case actionSetQueue:
		return SetQueue{r.u32()}, r.end()
	case actionGroup:
		return OutputGroup{r.u32()}, r.end()
	case actionSetTTL:
		return SetTTL{r.u8()}, r.end()
	case actionDecTTL:
		return DecTTL{}, r.end()
	case actionSetField:
		return decodeSetField(r)
	case actionCopyField:
		return decodeMove(r)
	case actionMeter:
		return ApplyMeter{r.u32()}, r.end()
	case actionExperimenter:
		if e := r.u32(); e != nicira {
			return nil, decodeErrorf("the experimenter %#08x is not known", e)
		}
		return decodeExtension(r.u16(), r, depth)
	}
	return nil, decodeErrorf("the type %d is not known", kind)
}

// decodeExtension reads one of Open vSwitch's own actions.
func decodeExtension(subtype uint16, r *reader, depth int) (Action, error) {
	switch subtype {
	case nxPopQueue:
		return PopQueue{}, r.end()
	case nxNote:
		data := make([]byte, len(r.b))
		copy(data, r.b)
		return Note{data}, nil
	case nxMultipath:
		return decodeMultipath(r)
	case nxBundle, nxBundleLoad:
		return decodeBundle(r, subtype == nxBundleLoad)
	case nxResubmitTable, nxResubmitTableCT:
		a := Resubmit{Port: portFromShort(r.u16()), Table: r.u8(), CT: subtype == nxResubmitTableCT}
		r.zeros(3)
		return a, r.end()
	case nxOutputField:
		a := OutputField{r.positioned(r.u16())}
		if maxLen := r.u16(); maxLen != MaxLenWhole {
			r.fail("output to a field that is cut to %d bytes is not known", maxLen)
		}
		return a, r.end()
	case nxLearn, nxLearn2:
		return decodeLearn(r, subtype == nxLearn2)
	case nxExit:
		return Exit{}, r.end()
	case nxController, nxController2:
		return decodeController(r, subtype == nxController2)
	case nxDecTTLFor:
		return decodeDecTTLFor(r)
	case nxPush:
		return Push{r.stack()}, r.end()
	case nxPop:
		return Pop{r.stack()}, r.end()
	case nxSample, nxSample2, nxSample3:
		return decodeSample(r, subtype)
	case nxConjunction:
		a := Conjunction{Clause: r.u8() + 1, Clauses: r.u8(), ID: r.u32()}
		return a, r.end()
	case nxCT:
		return decodeCT(r, depth)
	case nxOutputTruncated:
		return OutputTruncated{Port: portFromShort(r.u16()), MaxLen: r.u32()}, r.end()
	case nxClone:
		r.zeros(6)
		if r.err != nil {
			return nil, r.err
		}
		actions, err := decodeActions(r.b, depth+1)
		return Clone{actions}, within("clone", err)
	case nxCTClear:
		return CTClear{}, r.end()
	case nxCheckPacketLarger:
		length, offset := r.u16(), r.u16()
		return CheckPacketLarger{length, r.subfield(int(offset), 1)}, r.endLong()
	case nxDeleteField:
		return decodeDeleteField(r)
	}
	return nil, decodeErrorf("the extension %d is not known", subtype)
}

// endLong is as end where a whole 8 bytes of padding may be left.
func (r *reader) endLong() error {
	r.zeros(len(r.b) &^ 7)
	return r.end()
}
