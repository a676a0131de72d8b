package daemon

import (
	"syscall"
	"unsafe"
)

// wantedCapabilities are those that a daemon keeps when it drops root's privileges, as bits: to
// bind a port below 1024 and to lock memory, see capabilities(7).
const wantedCapabilities uint32 = 1<<capNetBindService | 1<<capIPCLock

const (
	capNetBindService = 10
	capIPCLock        = 14
)

// capabilityHeader and capabilityData are the kernel's structures of capset(2), version 3. The
// second half of the data holds capabilities from 32 on, of which none is wanted.
type capabilityHeader struct {
	version uint32
	pid     int32
}
type capabilityData [2]struct{ effective, permitted, inheritable uint32 }

const (
	capabilityVersion3 = 0x20080522
	prSetKeepCaps      = 8
)

// permittedCapabilities are the first 32 that this thread may use. In a container even root may
// lack some, and asking for one that is not there would fail.
func permittedCapabilities() (uint32, error) {
	header, data := capabilityHeader{version: capabilityVersion3}, capabilityData{}
	_, _, e := syscall.Syscall(syscall.SYS_CAPGET, uintptr(unsafe.Pointer(&header)),
		uintptr(unsafe.Pointer(&data)), 0)
	return data[0].permitted, asError(e)
}

// keepOverSetuid lets all threads keep their permitted capabilities when the user changes.
func keepOverSetuid() error {
	_, _, e := syscall.AllThreadsSyscall(syscall.SYS_PRCTL, prSetKeepCaps, 1, 0)
	return asError(e)
}

// limitCapabilities leaves all threads with these capabilities and no others.
func limitCapabilities(kept uint32) error {
	header, data := capabilityHeader{version: capabilityVersion3}, capabilityData{}
	data[0].effective, data[0].permitted, data[0].inheritable = kept, kept, kept
	_, _, e := syscall.AllThreadsSyscall(syscall.SYS_CAPSET, uintptr(unsafe.Pointer(&header)),
		uintptr(unsafe.Pointer(&data)), 0)
	return asError(e)
}

// inheritedCapabilities are those that a copy of a program under another user gets; a program
// that keeps its user hands on what it has by itself.
func (d *Daemon) inheritedCapabilities() ([]uintptr, error) {
	if d.options.user == "" {
		return nil, nil
	}
	permitted, err := permittedCapabilities()
	var inherited []uintptr
	for bit := range uintptr(32) {
		if permitted&wantedCapabilities&(1<<bit) != 0 {
			inherited = append(inherited, bit)
		}
	}
	return inherited, err
}

// asError is nil for a call that went well.
func asError(e syscall.Errno) error {
	if e == 0 {
		return nil
	}
	return e
}
