package pinctrl

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
)

// Lengths in SCTP in bytes (RFC 9260, 3).
const (
	sctpLen      = 12
	chunkLen     = 4
	initChunkLen = 20 // with the chunk's header
)

// Chunks of SCTP.
const (
	chunkInit  = 1
	chunkAbort = 6
)

// tagReflected is the flag of an abort that has the tag of the packet that it is for.
const tagReflected = 1

var (
	errNoSCTP = errors.New("sctp_abort is for packets of SCTP with a chunk")
	errAbort  = errors.New("an abort of SCTP is not answered")
)

// castagnoli is the polynomial of SCTP's checksum.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// abortSCTP makes a packet that ends the packet's association (RFC 9260, 8.4). Its addresses are as
// unreachable's.
func abortSCTP(f *frame, back bool) ([]byte, error) {
	if !f.isIP() || f.protocol != protocolSCTP || len(f.transport) < sctpLen+chunkLen {
		return nil, errNoSCTP
	}
	in, chunk := f.transport, f.transport[sctpLen:]
	tag, flags := in[4:8], byte(tagReflected)
	switch chunk[0] {
	case chunkAbort:
		return nil, errAbort
	case chunkInit:
		if len(chunk) < initChunkLen {
			return nil, errNoSCTP
		}
		if binary.BigEndian.Uint32(tag) == 0 {
			tag, flags = chunk[chunkLen:chunkLen+4], 0
		}
	}
	b := ends{f, back}.beginIP(ipHeader{protocol: protocolSCTP, hops: hopsOfReset},
		sctpLen+chunkLen)
	at := len(b)
	b = append(append(b, in[2:4]...), in[:2]...)
	b = put32(append(b, tag...), 0)
	b = put16(append(b, chunkAbort, flags), chunkLen)
	// This checksum is the one field in the order of the lowest byte first (RFC 9260, appendix A).
	binary.LittleEndian.PutUint32(b[at+8:], crc32.Checksum(b[at:], castagnoli))
	return b, nil
}
