package conn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// handshake tells the switch our only version, and waits for its versions (OpenFlow 1.5.1, 6.3.1).
func (l *Link) handshake() error {
	hello := appendHeader(nil, typeHello, l.NewXID())
	hello = binary.BigEndian.AppendUint16(hello, helloVersionBitmap)
	hello = binary.BigEndian.AppendUint16(hello, 8)
	hello = binary.BigEndian.AppendUint32(hello, 1<<version)
	l.Send(setLength(hello))
	l.Flush()
	answer, err := l.incoming.next(time.Now().Add(connectTimeout))
	switch {
	case errors.Is(err, errSilent):
		return errors.New("the switch does not answer to HELLO")
	case err != nil:
		return err
	case answer[1] == typeError:
		return fmt.Errorf("%w: %w", errVersion, newFailure(answer))
	case answer[1] != typeHello:
		return fmt.Errorf("the switch began with a message of type %d in place of HELLO", answer[1])
	}
	return checkVersions(answer)
}

// checkVersions looks for our version among those of a HELLO.
func checkVersions(hello []byte) error {
	for rest := hello[headerSize:]; len(rest) >= 4; {
		kind, size := binary.BigEndian.Uint16(rest), int(binary.BigEndian.Uint16(rest[2:]))
		if size < 4 || size > len(rest) {
			break
		}
		if kind == helloVersionBitmap && size >= 8 {
			if versions := binary.BigEndian.Uint32(rest[4:]); versions&(1<<version) == 0 {
				return fmt.Errorf("%w: it has versions 0x%x", errVersion, versions)
			}
			return nil
		}
		rest = rest[min(len(rest), (size+7)/8*8):]
	}
	if hello[0] < version {
		return fmt.Errorf("%w: its version is 0x%02x", errVersion, hello[0])
	}
	return nil
}
