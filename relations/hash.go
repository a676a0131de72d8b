package relations

import "math/bits"

// mix folds one word into a hash; the constants are those of wyhash's finaliser.
func mix(h, v uint64) uint64 {
	hi, lo := bits.Mul64(h^v^0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93)
	return hi ^ lo
}

// HashValues hashes a row or a key.
func HashValues(row []Value) uint32 {
	h := uint64(len(row))
	i := 0
	for ; i+1 < len(row); i += 2 {
		h = mix(h, uint64(row[i])|uint64(row[i+1])<<32)
	}
	if i < len(row) {
		h = mix(h, uint64(row[i]))
	}
	return uint32(h ^ h>>32)
}

func hashBytes(b []byte) uint32 {
	h := uint64(len(b))
	i := 0
	for ; len(b)-i >= 8; i += 8 {
		h = mix(h, uint64(b[i])|uint64(b[i+1])<<8|uint64(b[i+2])<<16|uint64(b[i+3])<<24|
			uint64(b[i+4])<<32|uint64(b[i+5])<<40|uint64(b[i+6])<<48|uint64(b[i+7])<<56)
	}
	var t uint64
	for k := 0; i < len(b); i, k = i+1, k+1 {
		t |= uint64(b[i]) << (8 * k)
	}
	h = mix(h, t)
	return uint32(h ^ h>>32)
}
