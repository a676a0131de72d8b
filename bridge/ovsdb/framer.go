package ovsdb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxDepth limits the nesting of what a server sends. The protocol's deepest message, a reply with
// a map of UUIDs, has ten levels.
const maxDepth = 64

// maxMessage limits the size of one message, so that a peer that never ends one cannot take all
// memory. A database of some millions of logical flows fits.
const maxMessage = 4 << 30

// keptBuffer is the largest buffer that is kept for the next message.
const keptBuffer = 1 << 20

// framer cuts a stream of JSON objects into messages without looking at more than their strings
// and brackets. The bytes of a message belong to the reader of the message until the next call.
type framer struct {
	from   io.Reader
	limit  int // greatest size of a message
	buffer []byte
	filled int // how much of buffer is read from the stream
	start  int // where the present message begins
	at     int // up to where it is scanned

	depth    int
	inString bool
	members  []span // the nested values directly below the message's object
}

// span is a part of a message's bytes.
type span struct{ start, end int }

// message is one JSON object, and where its nested members lie, so that skipping them is free.
type message struct {
	bytes   []byte
	members []span
}

func newFramer(from io.Reader) *framer {
	return &framer{from: from, limit: maxMessage, buffer: make([]byte, 64<<10)}
}

// next reads the next message. At the end of the stream between two messages the error is io.EOF.
func (f *framer) next() (message, error) {
	f.start, f.at = f.start+f.at, 0
	f.members = f.members[:0]
	for {
		end, err := f.scan()
		if err != nil {
			return message{}, err
		}
		if end > 0 {
			f.at = end
			return message{bytes: f.buffer[f.start : f.start+end : f.start+end], members: f.members}, nil
		}
		if err := f.fill(); err != nil {
			return message{}, err
		}
	}
}

// fill reads more of the stream, after making room for it.
func (f *framer) fill() error {
	if f.start == f.filled {
		f.start, f.filled = 0, 0
		if len(f.buffer) > keptBuffer {
			f.buffer = make([]byte, 64<<10)
		}
	}
	if f.filled == len(f.buffer) {
		if f.filled-f.start >= f.limit {
			return fmt.Errorf("the server sent a message of more than %d bytes", f.limit)
		}
		into := f.buffer
		if f.start < len(f.buffer)/2 {
			into = make([]byte, 2*len(f.buffer))
		}
		f.filled = copy(into, f.buffer[f.start:f.filled])
		f.buffer, f.start = into, 0
	}
	n, err := f.from.Read(f.buffer[f.filled:])
	f.filled += n
	if n > 0 {
		return nil
	}
	if err == io.EOF && f.depth > 0 {
		return io.ErrUnexpectedEOF
	}
	if err == nil {
		return io.ErrNoProgress
	}
	return err
}

// scan looks for the end of the message in what is there, and returns its length, or 0 when there
// must be more.
func (f *framer) scan() (int, error) {
	b := f.buffer[f.start:f.filled]
	i := f.at
	for i < len(b) {
		if f.inString {
			quote := bytes.IndexByte(b[i:], '"')
			if quote < 0 {
				// A backslash at the end escapes what comes next: look at it again then.
				f.at = i + backslashesFrom(b[i:])
				return 0, nil
			}
			f.inString = (quote-backslashesFrom(b[i:i+quote]))%2 != 0
			i += quote + 1
			continue
		}
		c := b[i]
		i++
		if f.depth == 0 && c != '{' {
			if c != '\n' && c != ' ' && c != '\t' && c != '\r' {
				return 0, errors.New("the server sent something that is no JSON object")
			}
			f.start, b, i = f.start+i, b[i:], 0
			continue
		}
		switch c {
		case '"':
			f.inString = true
		case '{', '[':
			if f.depth == 1 {
				f.members = append(f.members, span{start: i - 1})
			}
			f.depth++
			if f.depth > maxDepth {
				return 0, fmt.Errorf("the server sent a message of more than %d levels", maxDepth)
			}
		case '}', ']':
			f.depth--
			switch f.depth {
			case 0:
				return i, nil
			case 1:
				f.members[len(f.members)-1].end = i
			}
		}
	}
	f.at = i
	return 0, nil
}

// backslashesFrom is where the backslashes begin that b ends with.
func backslashesFrom(b []byte) int {
	i := len(b)
	for i > 0 && b[i-1] == '\\' {
		i--
	}
	return i
}
