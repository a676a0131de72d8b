package daemon

import (
	"syscall"
	"unsafe"
)

// wantedCapabilities are those that a daemon keeps when it drops root's privileges: to bind a
// port below 1024 and to lock memory, see capabilities(7).
const wantedCapabilities uint32 = 1<<10 | 1<<14

// capabilityHeader and capabilityData are the kernel's structures of capset(2), version 3. The
// second half of the data holds capabilities from 32 on, of which none is wanted.
type capabilityHeader struct {
	version uint32
	pid     int32
}
type capabilityData [2]struct{ effective, permitted, inheritable uint32 }

// Numbers from linux/capability.h and linux/prctl.h.
const (
	capabilityVersion3 = 0x20080522
	prSetKeepCaps      = 8
	prCapAmbient       = 47
	prCapAmbientRaise  = 2
)

// permittedCapabilities are the first 32 that this thread may use. In a container even root may
// lack some, and asking for one that is not there would fail.
func permittedCapabilities() (uint32, error) {
	header, data := capabilityHeader{version: capabilityVersion3}, capabilityData{}
	_, _, e := syscall.Syscall(syscall.SYS_CAPGET, uintptr(unsafe.Pointer(&header)),
		uintptr(unsafe.Pointer(&data)), 0)
	return data[0].permitted, asError(e)
}

// keepOverSetuid lets this thread keep its permitted capabilities when the user changes.
func keepOverSetuid() error {
	_, _, e := syscall.Syscall(syscall.SYS_PRCTL, prSetKeepCaps, 1, 0)
	return asError(e)
}

// limitCapabilities leaves this thread, and what it executes, with these capabilities only.
func limitCapabilities(kept uint32) error {
	header, data := capabilityHeader{version: capabilityVersion3}, capabilityData{}
	data[0].effective, data[0].permitted, data[0].inheritable = kept, kept, kept
	_, _, e := syscall.Syscall(syscall.SYS_CAPSET, uintptr(unsafe.Pointer(&header)),
		uintptr(unsafe.Pointer(&data)), 0)
	for bit := uintptr(0); bit < 32 && e == 0; bit++ {
		if kept&(1<<bit) != 0 {
			_, _, e = syscall.Syscall6(syscall.SYS_PRCTL, prCapAmbient, prCapAmbientRaise, bit, 0, 0, 0)
		}
	}
	return asError(e)
}

// asError is nil for a call that went well.
func asError(e syscall.Errno) error {
	if e == 0 {
		return nil
	}
	return e
}
