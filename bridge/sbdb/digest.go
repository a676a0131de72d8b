package sbdb

import (
	"hash/maphash"

	"woven/bridge/ovsdb"
)

// digest identifies a flow, or with others combined by xor a set of datapaths. It is random for
// each process, so that nobody can make two flows that look equal.
type digest [2]uint64

var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

func digestOf(b []byte) digest {
	return digest{maphash.Bytes(seeds[0], b), maphash.Bytes(seeds[1], b)}
}

func digestOfRow(row ovsdb.UUID) digest { return digestOf(row[:]) }

// xor adds an element to a set, or takes it out.
func (d *digest) xor(e digest) {
	d[0] ^= e[0]
	d[1] ^= e[1]
}

// short is the part of a digest that hash tables use.
func (d digest) short() uint32 { return uint32(d[0] >> 32) }

// shortOf is the hash of a row's uuid; uuids are random already.
func shortOf(row ovsdb.UUID) uint32 {
	return uint32(row[0])<<24 | uint32(row[1])<<16 | uint32(row[2])<<8 | uint32(row[3])
}
