package openflow

import (
	"fmt"
	"strings"
)

// Error is what a switch answers to a message that it does not do.
type Error struct {
	// Type and Code say what is wrong. Experimenter is whose Type it is if that is none of
	// OpenFlow's own, else 0.
	Type, Code   uint16
	Experimenter uint32
	// Data is the beginning of the message that was refused, or a text for a refused hello.
	Data []byte
}

// errorExperimenter is the type of errors that are not OpenFlow's own.
const errorExperimenter = 0xffff

// DecodeErrorMessage reads an error. The error is a *DecodeError.
func DecodeErrorMessage(message []byte) (*Error, error) {
	r, err := body(message, TypeError)
	if err != nil {
		return nil, err
	}
	m := &Error{Type: r.u16(), Code: r.u16()}
	if m.Type == errorExperimenter {
		m.Type, m.Code = m.Code, 0
		m.Experimenter = r.u32()
	}
	m.Data = append([]byte(nil), r.b...)
	return m, within("error", r.err)
}

// Append appends the message.
func (m *Error) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = begin(b, TypeError, xid)
	if m.Experimenter != 0 {
		b = put32(put16(put16(b, errorExperimenter), m.Type), m.Experimenter)
	} else {
		b = put16(put16(b, m.Type), m.Code)
	}
	return complete(append(b, m.Data...), start, "error")
}

// Name is the error's name in OpenFlow or Open vSwitch, such as OFPFMFC_TABLE_FULL, or its numbers.
func (m *Error) Name() string {
	if m.Experimenter == nicira {
		if name := niciraErrorNames[m.Type]; name != "" {
			return name
		}
	}
	if m.Experimenter == 0 && int(m.Type) < len(errorNames) {
		e := errorNames[m.Type]
		names := strings.Fields(e.codes)
		if int(m.Code) < len(names) && names[m.Code] != "-" {
			return e.prefix + "_" + names[m.Code]
		}
	}
	if m.Experimenter != 0 {
		return fmt.Sprintf("error type %d of the experimenter %#08x", m.Type, m.Experimenter)
	}
	return fmt.Sprintf("error type %d, code %d", m.Type, m.Code)
}

// Error is the name, and the text that explains a refused hello.
func (m *Error) Error() string {
	if m.Type == 0 && m.Experimenter == 0 && len(m.Data) > 0 {
		return m.Name() + ": " + strings.ToValidUTF8(strings.TrimRight(string(m.Data), "\x00"), "?")
	}
	return m.Name()
}

// Is says whether the target is an error with the same type and code.
func (m *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Type == m.Type && t.Code == m.Code && t.Experimenter == m.Experimenter
}

// The errors that a controller expects and handles.
var (
	// ErrTLVAlreadyMapped says that another made the tun_metadata field an option's.
	ErrTLVAlreadyMapped = &Error{Type: 20, Experimenter: nicira}
	// ErrTLVDuplicate says that another made the option a tun_metadata field.
	ErrTLVDuplicate = &Error{Type: 21, Experimenter: nicira}
	// ErrResumeStale says that a packet can no longer be resumed.
	ErrResumeStale = &Error{Type: 35, Experimenter: nicira}
	// ErrGroupExists says that there is a group with the number.
	ErrGroupExists = &Error{Type: 6, Code: 0}
	// ErrMeterExists says that there is a meter with the number.
	ErrMeterExists = &Error{Type: 12, Code: 1}
	// ErrBadType says that the switch does not know a type of message.
	ErrBadType = &Error{Type: 1, Code: 1}
	// ErrBadExperimenterType says that the switch does not know one of Open vSwitch's messages.
	ErrBadExperimenterType = &Error{Type: 1, Code: 4}
)
