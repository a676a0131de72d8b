package golden

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"woven/relations"
)

// names gives rows uuids. The first row that a case mentions gets the least uuid, the next one the
// next, so that a case decides which row is first in the order of uuids.
type names struct {
	uuids map[string]string // by name
	of    map[string]string // the name of a uuid
	rows  map[string]bool   // names that some statement has given to a row
}

func newNames() *names {
	return &names{uuids: map[string]string{}, of: map[string]string{}, rows: map[string]bool{}}
}

// strays returns the names that are only referred to, in their order.
func (n *names) strays() []string {
	var out []string
	for name := range n.uuids {
		if !n.rows[name] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// row returns the uuid of a row's name.
func (n *names) row(name string) string {
	if u, ok := n.uuids[name]; ok {
		return u
	}
	var u [16]byte
	binary.BigEndian.PutUint32(u[:], uint32(len(n.uuids)+1))
	u[6], u[8] = 0x40, 0x80
	text := string(relations.AppendUUID(nil, u))
	n.uuids[name], n.of[text] = text, name
	return text
}

// read turns a value as a case writes it into the text of a value of a type.
func (n *names) read(t relations.Type, text string) (string, *fault) {
	switch t.Kind {
	case relations.UUID:
		return n.row(text), nil
	case relations.Name:
		if text != "true" && text != "false" && !strings.HasPrefix(text, "/") {
			return "", faultf("", "%q is neither true nor false", text)
		}
		return "/" + strings.TrimPrefix(text, "/"), nil
	case relations.Number:
		if _, err := strconv.ParseInt(text, 10, 64); err != nil {
			return "", faultf("", "%q is no number", text)
		}
	case relations.Float:
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return "", faultf("", "%q is no number", text)
		}
	case relations.String:
		if name, ok := strings.CutPrefix(text, "$"); ok {
			return n.row(name), nil
		}
	case relations.MAC, relations.IP, relations.List, relations.Map, relations.Struct:
		return "", faultf("databases have no such columns", "a %s cannot be written here", t)
	}
	return text, nil
}

// intern makes a value of its text.
func intern(s *relations.Store, t relations.Type, text string) relations.Value {
	switch t.Kind {
	case relations.UUID:
		u, _ := relations.ParseUUID(text)
		return s.UUID(u)
	case relations.Name:
		return s.Name(text)
	case relations.Number:
		n, _ := strconv.ParseInt(text, 10, 64)
		return s.Number(n)
	case relations.Float:
		f, _ := strconv.ParseFloat(text, 64)
		return s.Float(f)
	}
	return s.String(text)
}
