package openflow

import (
	"errors"
	"fmt"
)

// errTruncated says that bytes end before what they hold does.
var errTruncated = &DecodeError{Why: "the bytes end too early"}

// DecodeError says why bytes are not understood.
type DecodeError struct {
	// Where names what was being read, the outermost first, such as "flow, action 3, ct".
	Where string
	// Why is what is wrong.
	Why string
}

// Error is where and why.
func (e *DecodeError) Error() string {
	if e.Where == "" {
		return e.Why
	}
	return e.Where + ": " + e.Why
}

func decodeErrorf(format string, args ...any) error {
	return &DecodeError{Why: fmt.Sprintf(format, args...)}
}

// within says what an error was found in.
func within(where string, err error) error {
	var e *DecodeError
	if !errors.As(err, &e) {
		return err
	}
	if e.Where != "" {
		where += ", " + e.Where
	}
	return &DecodeError{Where: where, Why: e.Why}
}
