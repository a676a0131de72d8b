package conn

import (
	"net"
	"sync"

	"woven/bridge/openflow"
)

// chunkSize is how much is written at once, but for the message that exceeds it.
const chunkSize = 1 << 16

// keptChunks is how many empty chunks are kept to be filled again.
const keptChunks = 4

// outgoing is what waits to be sent. One goroutine writes, so that nobody else ever waits for a
// switch that does not read.
type outgoing struct {
	limit int
	room  func() // called when there is room again after full had said that there is none

	mutex   sync.Mutex
	lastXID uint32
	chunks  [][]byte // the last one is being filled
	spare   [][]byte
	unsent  int  // bytes in chunks and in the one that is being written
	asked   bool // full said that there is no room
	ended   bool

	wake chan struct{}
	quit chan struct{}
}

func newOutgoing(limit int, room func()) *outgoing {
	return &outgoing{limit: limit, room: room, wake: make(chan struct{}, 1),
		quit: make(chan struct{})}
}

// add queues a message and returns its number, each one greater than the one before. Few messages
// wait for flush, many are on their way at once.
func (o *outgoing) add(m openflow.Message) (xid uint32, err error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.lastXID++
	if o.ended {
		return o.lastXID, nil
	}
	last := len(o.chunks) - 1
	if last < 0 || len(o.chunks[last]) >= chunkSize {
		if last >= 0 {
			o.signal()
		}
		o.chunks = append(o.chunks, o.newChunk())
		last++
	}
	before := len(o.chunks[last])
	o.chunks[last], err = m.Append(o.chunks[last], o.lastXID)
	o.unsent += len(o.chunks[last]) - before
	return o.lastXID, err
}

func (o *outgoing) newChunk() []byte {
	if n := len(o.spare); n > 0 {
		chunk := o.spare[n-1]
		o.spare = o.spare[:n-1]
		return chunk
	}
	return make([]byte, 0, chunkSize+openflow.MessageLenMax)
}

func (o *outgoing) signal() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// full reports whether as much waits as may.
func (o *outgoing) full() bool {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.asked = o.asked || o.unsent >= o.limit
	return o.unsent >= o.limit
}

// end makes write return.
func (o *outgoing) end() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if !o.ended {
		o.ended = true
		close(o.quit)
	}
}

// write sends what waits until the end, or until an error.
func (o *outgoing) write(socket net.Conn) error {
	for {
		chunk := o.take()
		if chunk == nil {
			select {
			case <-o.wake:
				continue
			case <-o.quit:
				return nil
			}
		}
		if _, err := socket.Write(chunk); err != nil {
			return err
		}
		if o.sent(chunk) {
			o.room()
		}
	}
}

// take removes the oldest chunk.
func (o *outgoing) take() []byte {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if len(o.chunks) == 0 {
		return nil
	}
	chunk := o.chunks[0]
	o.chunks = append(o.chunks[:0], o.chunks[1:]...)
	return chunk
}

// sent notes that a chunk is out, and reports whether somebody waits for the room.
func (o *outgoing) sent(chunk []byte) (room bool) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.unsent -= len(chunk)
	if len(o.spare) < keptChunks {
		o.spare = append(o.spare, chunk[:0])
	}
	if room = o.asked && o.unsent <= o.limit/2; room {
		o.asked = false
	}
	return room
}
