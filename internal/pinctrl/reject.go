package pinctrl

// reject makes what tells a packet's sender that it is not let through: the end of the connection
// or association, or an error.
func reject(f *frame) ([]byte, error) {
	switch f.protocol {
	case protocolTCP:
		return resetTCP(f, true)
	case protocolSCTP:
		return abortSCTP(f, true)
	}
	return unreachable(f, true, true)
}
