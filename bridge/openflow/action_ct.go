package openflow

import "strconv"

// CT sends the packet to the connection tracker, and with Commit remembers its connection.
type CT struct {
	Commit, Force bool
	// Table is where the tracked packet goes on, NoTable for nowhere.
	Table uint8
	// Zone is the connection's zone, unless ZoneSource has a field, 16 bits, that says it.
	Zone       uint16
	ZoneSource Subfield
	// NAT is what happens to the addresses, nil for nothing.
	NAT *NAT
	// Exec sets ct_mark and ct_label of the connection.
	Exec []Action
	// ALG is the protocol that may have related connections, as a port: 0 for none, ALGFTP, ALGTFTP.
	ALG uint16
}

// NoTable stands for no table.
const NoTable = 255

// The protocols with related connections that the connection tracker knows.
const (
	ALGFTP  uint16 = 21
	ALGTFTP uint16 = 69
)

// CTClear forgets what the connection tracker said of the packet.
type CTClear struct{}

// Append appends the action as dump-flows writes it.
func (a CT) Append(b []byte) []byte {
	b = append(b, "ct("...)
	start := len(b)
	if a.Commit {
		b = append(b, "commit"...)
	}
	if a.Force {
		b = append(separated(b, start), "force"...)
	}
	if a.Table != NoTable {
		b = strconv.AppendUint(append(separated(b, start), "table="...), uint64(a.Table), 10)
	}
	if a.ZoneSource.Field != 0 {
		b = a.ZoneSource.Append(append(separated(b, start), "zone="...))
	} else if a.Zone != 0 {
		b = strconv.AppendUint(append(separated(b, start), "zone="...), uint64(a.Zone), 10)
	}
	if a.NAT != nil {
		b = a.NAT.append(separated(b, start))
	}
	if len(a.Exec) > 0 {
		b = appendActionList(append(separated(b, start), "exec("...), a.Exec)
		b = append(b, ')')
	}
	switch a.ALG {
	case 0:
	case ALGFTP:
		b = append(separated(b, start), "alg=ftp"...)
	case ALGTFTP:
		b = append(separated(b, start), "alg=tftp"...)
	default:
		b = strconv.AppendUint(append(separated(b, start), "alg="...), uint64(a.ALG), 10)
	}
	return append(b, ')')
}

// Append appends the action as dump-flows writes it.
func (a CTClear) Append(b []byte) []byte { return append(b, "ct_clear"...) }
