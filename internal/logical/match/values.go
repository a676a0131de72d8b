package match

import (
	"fmt"
	"strconv"
	"strings"
)

// The kinds of what matches need to know.
const (
	inport       = "inport"
	outport      = "outport"
	inportGroup  = "inport_group"
	outportGroup = "outport_group"
	addressSet   = "address_set"
	resident     = "resident"
)

// everything stands in place of an element of a set that stays symbolic.
const everything = "*"

// Values is what is known of the names in matches. The zero value knows nothing.
type Values struct {
	entries []entry
	// byName finds the entries of a kind and name, if there are too many to look through.
	byName map[[2]string][]int32
}

// entry is one thing that is known.
type entry struct {
	kind, name, value string
	hasValue          bool
}

// fewEntries is how many entries are looked through faster than hashed.
const fewEntries = 12

// ParseValues reads texts of the form "KIND NAME VALUE" or "KIND NAME". A name that holds blanks, is
// empty or begins with a double quote is quoted.
//
// The kinds are: inport and outport, with the key of a port or multicast group that is compared with
// the field; inport_group and outport_group, with the key of one member of a port group;
// address_set, with one element; resident, without a value, if the port is bound here. A set or group
// without value is there and empty; with the value * it has two or more elements, which stay
// symbolic. Other kinds are what actions need and are left out.
func ParseValues(texts []string) (*Values, error) {
	v := &Values{}
	for _, text := range texts {
		if err := v.add(text); err != nil {
			return nil, err
		}
	}
	v.index()
	return v, nil
}

func (v *Values) add(text string) error {
	kind, rest, _ := strings.Cut(text, " ")
	switch kind {
	case inport, outport, inportGroup, outportGroup, addressSet, resident:
	default:
		return nil
	}
	e := entry{kind: kind}
	if strings.HasPrefix(rest, `"`) {
		quoted, err := strconv.QuotedPrefix(rest)
		if err == nil {
			e.name, err = strconv.Unquote(quoted)
		}
		if err != nil {
			return fmt.Errorf("the value %q has a name whose quotes are wrong", text)
		}
		e.value, e.hasValue = strings.CutPrefix(rest[len(quoted):], " ")
	} else {
		e.name, e.value, e.hasValue = strings.Cut(rest, " ")
	}
	if e.hasValue && e.value != everything && kind != addressSet {
		if _, err := strconv.ParseUint(e.value, 10, 32); err != nil {
			return fmt.Errorf("the value %q does not end in the key of a port", text)
		}
	}
	v.entries = append(v.entries, e)
	return nil
}

// index makes the entries easy to find, if they are many.
func (v *Values) index() {
	if len(v.entries) <= fewEntries {
		return
	}
	v.byName = map[[2]string][]int32{}
	for i := range v.entries {
		e := &v.entries[i]
		key := [2]string{e.kind, e.name}
		v.byName[key] = append(v.byName[key], int32(i))
	}
}

// each visits what is known of a name until f returns false.
func (v *Values) each(kind, name string, f func(*entry) bool) {
	if v == nil {
		return
	}
	if v.byName != nil {
		for _, i := range v.byName[[2]string{kind, name}] {
			if !f(&v.entries[i]) {
				return
			}
		}
		return
	}
	for i := range v.entries {
		if e := &v.entries[i]; e.kind == kind && e.name == name && !f(e) {
			return
		}
	}
}

// knows says whether a set exists or a port is bound here.
func (v *Values) knows(kind, name string) (known bool) {
	v.each(kind, name, func(*entry) bool {
		known = true
		return false
	})
	return known
}

// port is the key of a port, if it has one.
func (v *Values) port(kind, name string) (key uint64, known bool) {
	v.each(kind, name, func(e *entry) bool {
		if e.hasValue && e.value != everything {
			key, known = e.key(), true
		}
		return !known
	})
	return key, known
}

// key is the value of an entry as the number that it is known to be.
func (e *entry) key() uint64 {
	n, _ := strconv.ParseUint(e.value, 10, 32)
	return n
}
