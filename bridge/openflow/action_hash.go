package openflow

import "strconv"

// HashFields says which fields of a packet a hash is made from (ovs-actions(7), "The bundle and
// bundle_load actions").
type HashFields uint16

// The sets of fields that can be hashed.
const (
	HashEthSrc HashFields = iota
	HashSymmetricL4
	HashSymmetricL3L4
	HashSymmetricL3L4UDP
	HashNwSrc
	HashNwDst
	HashSymmetricL3
)

var hashNames = [...]string{"eth_src", "symmetric_l4", "symmetric_l3l4", "symmetric_l3l4+udp",
	"nw_src", "nw_dst", "symmetric_l3"}

// BundleAlgorithm says how a bundle chooses a member.
type BundleAlgorithm uint16

// The ways of choosing: the first that is alive, or the one with the highest random weight.
const (
	BundleActiveBackup BundleAlgorithm = iota
	BundleHRW
)

var bundleNames = [...]string{"active_backup", "hrw"}

// Bundle sends the packet to one of some ports that is alive, or stores its number.
type Bundle struct {
	Fields    HashFields
	Basis     uint16 // makes hashes differ
	Algorithm BundleAlgorithm
	Members   []Port
	// Destination, if it has a field, is where the number is stored instead.
	Destination Subfield
}

// MultipathAlgorithm says how multipath chooses a link.
type MultipathAlgorithm uint16

// The ways of choosing a link.
const (
	MultipathModulo MultipathAlgorithm = iota
	MultipathHashThreshold
	MultipathHRW
	MultipathIterHash
)

var multipathNames = [...]string{"modulo_n", "hash_threshold", "hrw", "iter_hash"}

// Multipath stores the number of one of Links links, from 0, chosen by a hash.
type Multipath struct {
	Fields    HashFields
	Basis     uint16
	Algorithm MultipathAlgorithm
	// Links is the number of links, 1 to 65536; Argument is for MultipathIterHash.
	Links       uint32
	Argument    uint32
	Destination Subfield
}

// Append appends the action as dump-flows writes it.
func (a Bundle) Append(b []byte) []byte {
	b = append(b, "bundle("...)
	if a.Destination.Field != 0 {
		b = append(b[:len(b)-1], "_load("...)
	}
	b = append(b, hashNames[a.Fields]...)
	b = appendNumber(b, ",", uint64(a.Basis))
	b = append(append(b, ','), bundleNames[a.Algorithm]...)
	b = append(b, ",ofport"...)
	if a.Destination.Field != 0 {
		b = a.Destination.Append(append(b, ','))
	}
	b = append(b, ",members:"...)
	for i, p := range a.Members {
		if i > 0 {
			b = append(b, ',')
		}
		b = p.Append(b)
	}
	return append(b, ')')
}

// Append appends the action as dump-flows writes it.
func (a Multipath) Append(b []byte) []byte {
	b = append(append(b, "multipath("...), hashNames[a.Fields]...)
	b = appendNumber(b, ",", uint64(a.Basis))
	b = append(append(b, ','), multipathNames[a.Algorithm]...)
	b = strconv.AppendUint(append(b, ','), uint64(a.Links), 10)
	b = strconv.AppendUint(append(b, ','), uint64(a.Argument), 10)
	return append(a.Destination.Append(append(b, ',')), ')')
}
