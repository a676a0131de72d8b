package testbed

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"sync"
)

// switchWire is the socket of a port of the type "dummy": frames with their length, two bytes in
// network order, before them. A new start of the switch connects anew.
type switchWire struct {
	listeners
	listener net.Listener

	current    sync.Mutex // over the connection
	connection net.Conn   // the newest; nil before the first
}

// errNoSwitch says that a frame cannot be sent because the switch is not there.
var errNoSwitch = errors.New("the switch is not connected to the machine's port")

func listenForSwitch(socket string) (wire, error) {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return nil, err
	}
	w := &switchWire{listener: listener}
	go w.accept()
	return w, nil
}

func (w *switchWire) accept() {
	for {
		connection, err := w.listener.Accept()
		if err != nil {
			return
		}
		w.current.Lock()
		if w.connection != nil {
			w.connection.Close()
		}
		w.connection = connection
		w.current.Unlock()
		go w.receive(connection)
	}
}

func (w *switchWire) receive(connection net.Conn) {
	for {
		var size [2]byte
		if _, err := io.ReadFull(connection, size[:]); err != nil {
			return
		}
		frame := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(connection, frame); err != nil {
			return
		}
		w.arrived(frame)
	}
}

func (w *switchWire) send(frame []byte) error {
	w.current.Lock()
	defer w.current.Unlock()
	if w.connection == nil {
		return errNoSwitch
	}
	_, err := w.connection.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(frame))), frame...))
	return err
}

func (w *switchWire) close() error {
	w.current.Lock()
	defer w.current.Unlock()
	if w.connection != nil {
		w.connection.Close()
	}
	return w.listener.Close()
}
