package testbed

import (
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// cardWire is a packet socket on a network interface.
type cardWire struct {
	listeners
	file *os.File
}

// maximalFrame is more than any frame of these networks has.
const maximalFrame = 1 << 16

// openCard opens an interface of the namespace for frames.
func (n *Namespace) openCard(name string) (wire, error) {
	w := &cardWire{}
	err := n.Do(func() error {
		device, err := net.InterfaceByName(name)
		if err != nil {
			return err
		}
		protocol := binary.BigEndian.Uint16(binary.NativeEndian.AppendUint16(nil, unix.ETH_P_ALL))
		socket, err := unix.Socket(unix.AF_PACKET,
			unix.SOCK_RAW|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, int(protocol))
		if err != nil {
			return err
		}
		w.file = os.NewFile(uintptr(socket), name)
		return unix.Bind(socket, &unix.SockaddrLinklayer{Protocol: protocol, Ifindex: device.Index})
	})
	if err != nil {
		if w.file != nil {
			w.file.Close()
		}
		return nil, fmt.Errorf("opening %s of %s: %w", name, n.Name, err)
	}
	go w.receive()
	return w, nil
}

func (w *cardWire) send(frame []byte) error {
	_, err := w.file.Write(frame)
	return err
}

func (w *cardWire) close() error { return w.file.Close() }

// receive reads until the socket is closed.
func (w *cardWire) receive() {
	raw, err := w.file.SyscallConn()
	if err != nil {
		return // closed already
	}
	buffer := make([]byte, maximalFrame)
	for {
		var size int
		var from syscall.Sockaddr
		var failed error
		err := raw.Read(func(socket uintptr) bool {
			size, from, failed = syscall.Recvfrom(int(socket), buffer, 0)
			return failed != syscall.EAGAIN
		})
		if err != nil {
			return
		}
		sender, _ := from.(*syscall.SockaddrLinklayer)
		if failed != nil || sender == nil || sender.Pkttype == unix.PACKET_OUTGOING {
			continue // the interface was down for a moment, or it is what the machine itself sent
		}
		w.arrived(append([]byte(nil), buffer[:size]...))
	}
}
