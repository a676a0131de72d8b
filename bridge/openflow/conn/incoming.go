package conn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"woven/bridge/openflow"
)

// incomingBuffer holds a message of any size, and some more.
const incomingBuffer = 1 << 17

// errSilent says that nothing came until the deadline.
var errSilent = errors.New("the switch is silent")

// incoming cuts a stream into messages.
type incoming struct {
	socket net.Conn
	buffer []byte // what was read and not taken yet is buffer[start:]
	start  int
}

// next returns the next message, which is valid until the next call, or errSilent if it does not
// arrive until the deadline; zero is none.
func (in *incoming) next(deadline time.Time) ([]byte, error) {
	for {
		have := in.buffer[in.start:]
		if len(have) >= openflow.HeaderLen {
			size := int(binary.BigEndian.Uint16(have[2:]))
			if have[0] != openflow.Version && !anyVersion(openflow.MessageType(have[1])) {
				return nil, fmt.Errorf("the switch sent a message of OpenFlow version 0x%02x", have[0])
			}
			if size < openflow.HeaderLen {
				return nil, fmt.Errorf("the switch sent a message of %d bytes, less than its header", size)
			}
			if len(have) >= size {
				in.start += size
				return have[:size:size], nil
			}
		}
		if err := in.fill(deadline); err != nil {
			return nil, err
		}
	}
}

// anyVersion reports whether a message of the type may have any version in its header, because the
// version is not agreed on yet.
func anyVersion(t openflow.MessageType) bool {
	return t == openflow.TypeHello || t == openflow.TypeError
}

// fill reads more.
func (in *incoming) fill(deadline time.Time) error {
	if cap(in.buffer)-in.start < 1<<16 || in.start == len(in.buffer) {
		in.buffer = in.buffer[:copy(in.buffer[:cap(in.buffer)], in.buffer[in.start:])]
		in.start = 0
	}
	if err := in.socket.SetReadDeadline(deadline); err != nil {
		return err
	}
	n, err := in.socket.Read(in.buffer[len(in.buffer):cap(in.buffer)])
	in.buffer = in.buffer[:len(in.buffer)+n]
	switch {
	case n > 0:
		return nil
	case errors.Is(err, os.ErrDeadlineExceeded):
		return errSilent
	case errors.Is(err, io.EOF):
		return errors.New("the switch closed the connection")
	}
	return err
}
