package relations

import (
	"encoding/binary"
	"math"
	"net/netip"
	"sync"
)

// Store holds every value that is not inline. Interning one value twice gives one id.
//
// One goroutine interns at a time, unless SetParallel says otherwise. Any goroutine may read a
// value for as long as a row holds it or a Hold taken before its release is open.
type Store struct {
	parallel bool

	text    *bytePool // String, plain
	seqs    *bytePool // List, Map, Struct: see sequence.go
	numbers *wordPool // Number beyond 31 bits
	floats  *wordPool
	macs    *wordPool
	uuids   *wordPool
	ips     *wordPool
	terms   [maxTermArgs + 1]*wordPool // String, formatted: by number of arguments
	formats formats

	nameMu  sync.RWMutex
	nameIDs map[string]Value
	names   []string

	fresh freshShards
	dying dyingList
}

// NewStore returns an empty store.
func NewStore() *Store {
	s := &Store{nameIDs: map[string]Value{}}
	s.text = newBytePool(&s.fresh, String)
	s.seqs = newBytePool(&s.fresh, List)
	s.numbers = newWordPool(&s.fresh, 2, Number, 0)
	s.floats = newWordPool(&s.fresh, 2, Float, 0)
	s.macs = newWordPool(&s.fresh, 2, MAC, 0)
	s.uuids = newWordPool(&s.fresh, 4, UUID, 0)
	s.ips = newWordPool(&s.fresh, 5, IP, 0)
	for n := range s.terms {
		s.terms[n] = newWordPool(&s.fresh, n+1, String, termBit|Value(n)<<termClassBits)
	}
	s.dying.init()
	s.Name("/false")
	s.Name("/true")
	return s
}

// SetParallel says whether several goroutines intern at once. It is switched while none does.
func (s *Store) SetParallel(on bool) { s.parallel = on }

// String interns a text.
func (s *Store) String(t string) Value {
	id, _ := s.text.intern([]byte(t), s.parallel) // without a copy: intern only reads it
	return Value(id)
}

// Bytes interns a text given as bytes, which are copied.
func (s *Store) Bytes(b []byte) Value {
	id, _ := s.text.intern(b, s.parallel)
	return Value(id)
}

// Number interns an integer.
func (s *Store) Number(n int64) Value {
	if n >= 0 && n < int64(inlineBit) {
		return inlineBit | Value(n)
	}
	id, _ := s.numbers.intern([]uint32{uint32(n), uint32(n >> 32)}, s.parallel)
	return Value(id)
}

// Int returns the integer that a Number value stands for.
func (s *Store) Int(v Value) int64 {
	if v&inlineBit != 0 {
		return int64(v &^ inlineBit)
	}
	w := s.numbers.at(uint32(v))
	return int64(uint64(w[0]) | uint64(w[1])<<32)
}

// Float interns a floating-point number. There is one zero, so that -0 equals 0, and one NaN,
// which equals itself.
func (s *Store) Float(f float64) Value {
	switch {
	case f == 0:
		f = 0
	case f != f:
		f = math.NaN()
	}
	b := math.Float64bits(f)
	id, _ := s.floats.intern([]uint32{uint32(b), uint32(b >> 32)}, s.parallel)
	return Value(id)
}

// FloatOf returns the number that a Float value stands for.
func (s *Store) FloatOf(v Value) float64 {
	w := s.floats.at(uint32(v))
	return math.Float64frombits(uint64(w[0]) | uint64(w[1])<<32)
}

// Name interns a constant such as /true, slash included. Names are never reclaimed: they come
// from programs, not from data.
func (s *Store) Name(n string) Value {
	s.nameMu.RLock()
	v, ok := s.nameIDs[n]
	s.nameMu.RUnlock()
	if ok {
		return v
	}
	s.nameMu.Lock()
	defer s.nameMu.Unlock()
	if v, ok := s.nameIDs[n]; ok {
		return v
	}
	v = Value(len(s.names))
	s.nameIDs[n] = v
	s.names = append(s.names, n)
	return v
}

// NameOf returns the constant, slash included.
func (s *Store) NameOf(v Value) string {
	s.nameMu.RLock()
	defer s.nameMu.RUnlock()
	return s.names[v]
}

// False and True are the two booleans, which every store holds.
const (
	False Value = 0
	True  Value = 1
)

// Bool returns the Name value of a boolean.
func Bool(b bool) Value {
	if b {
		return True
	}
	return False
}

// UUID interns a uuid.
func (s *Store) UUID(u [16]byte) Value {
	var w [4]uint32
	for i := range w {
		w[i] = binary.BigEndian.Uint32(u[i*4:])
	}
	id, _ := s.uuids.intern(w[:], s.parallel)
	return Value(id)
}

// UUIDOf returns the bytes of a uuid.
func (s *Store) UUIDOf(v Value) (u [16]byte) {
	for i, w := range s.uuids.at(uint32(v)) {
		binary.BigEndian.PutUint32(u[i*4:], w)
	}
	return u
}

// MAC interns an Ethernet address given as its 48 bits; higher ones are dropped.
func (s *Store) MAC(m uint64) Value {
	m &= 1<<48 - 1
	id, _ := s.macs.intern([]uint32{uint32(m), uint32(m >> 32)}, s.parallel)
	return Value(id)
}

// MACOf returns the 48 bits of an Ethernet address.
func (s *Store) MACOf(v Value) uint64 {
	w := s.macs.at(uint32(v))
	return uint64(w[0]) | uint64(w[1])<<32
}

// IP interns an address with its prefix length; the bits behind the prefix are kept. An
// IPv4-mapped IPv6 address is not the IPv4 address. Zones are dropped: OVN has none.
func (s *Store) IP(p netip.Prefix) Value {
	a := p.Addr().As16()
	var w [5]uint32
	for i := range 4 {
		w[i] = binary.BigEndian.Uint32(a[i*4:])
	}
	w[4] = uint32(p.Bits())
	if p.Addr().Is4() {
		w[4] |= 1 << 8
	}
	id, _ := s.ips.intern(w[:], s.parallel)
	return Value(id)
}

// IPOf returns the address and prefix length.
func (s *Store) IPOf(v Value) netip.Prefix {
	w := s.ips.at(uint32(v))
	var a [16]byte
	for i := range 4 {
		binary.BigEndian.PutUint32(a[i*4:], w[i])
	}
	addr := netip.AddrFrom16(a)
	if w[4]>>8 != 0 {
		addr = addr.Unmap()
	}
	return netip.PrefixFrom(addr, int(w[4]&0xff))
}
