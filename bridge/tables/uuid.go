package tables

import "crypto/rand"

// NewUUID returns a random uuid (RFC 4122, version 4).
func NewUUID() (u [16]byte) {
	rand.Read(u[:]) // never fails
	u[6] = u[6]&0x0f | 0x40
	u[8] = u[8]&0x3f | 0x80
	return u
}
