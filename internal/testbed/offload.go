package testbed

import (
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ethtoolValue is struct ethtool_value of linux/ethtool.h.
type ethtoolValue struct{ command, data uint32 }

// interfaceRequest is struct ifreq of netdevice(7), with a pointer as its value.
type interfaceRequest struct {
	name [unix.IFNAMSIZ]byte
	data unsafe.Pointer
	_    [16]byte // the value is a union, of which a pointer is not the longest
}

// finishChecksums lets an interface compute the checksums of what it sends. A cable between
// namespaces leaves them undone otherwise, since nothing can be damaged on it; but a switch in
// userspace passes packets on to whoever checks them.
func (n *Namespace) finishChecksums(name string) error {
	err := n.Do(func() error {
		socket, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
		if err != nil {
			return err
		}
		defer unix.Close(socket)
		value := &ethtoolValue{command: unix.ETHTOOL_STXCSUM, data: 0}
		request := &interfaceRequest{data: unsafe.Pointer(value)}
		copy(request.name[:unix.IFNAMSIZ-1], name)
		_, _, number := unix.Syscall(unix.SYS_IOCTL, uintptr(socket), unix.SIOCETHTOOL,
			uintptr(unsafe.Pointer(request)))
		runtime.KeepAlive(value)
		if number != 0 {
			return number
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("switching off checksum offload of %s: %w", name, err)
	}
	return nil
}
