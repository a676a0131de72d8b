package parity

import (
	"fmt"
	"slices"
	"strings"
)

// UnjustifiedHints lists the flows whose stage-hint is not the beginning of the uuid of a
// Northbound row that is a reason for the flow. Several rows may be reasons for one flow, and which
// of them a northd names is its own choice; so hints are checked one by one, not compared. Flows
// that were there before are left out: a flow keeps the hint that it was inserted with, also when
// the row that it names is replaced by another one with the same flow.
func UnjustifiedHints(nb, sb Snapshot, before Versions) []string {
	type candidate struct {
		table string
		row   Row
	}
	byHint := map[string][]candidate{}
	for _, table := range []string{"ACL", "Logical_Switch_Port"} {
		for _, row := range nb[table] {
			hint := row.uuid()[:8]
			byHint[hint] = append(byHint[hint], candidate{table, row})
		}
	}
	r := newRenderer(nb, sb, Seeded)
	var faults []string
	for _, flow := range sb["Logical_Flow"] {
		hint := flow.strmap("external_ids")["stage-hint"]
		if _, old := before["Logical_Flow "+flow.uuid()]; old || hint == "" {
			continue
		}
		justified := slices.ContainsFunc(byHint[hint], func(c candidate) bool {
			if c.table == "ACL" {
				return aclExplains(c.row, flow)
			}
			return portExplains(c.row, flow)
		})
		if !justified {
			faults = append(faults, fmt.Sprintf("hint %s: %s", hint, r.flowLine(flow)))
		}
	}
	slices.Sort(faults)
	return faults
}

// aclExplains tells whether an ACL can be the reason for a flow: the flow carries its match, or
// its label where replies of a logged connection are matched.
func aclExplains(acl, flow Row) bool {
	if label := acl.num("label"); label != 0 &&
		strings.HasSuffix(flow.str("match"), fmt.Sprintf("ct_label.label == %d", label)) {
		return true
	}
	return strings.Contains(flow.str("match"), acl.str("match"))
}

// portExplains tells whether a port can be the reason for a flow: the flow mentions its name or
// one of its MAC addresses (at the reference's reading of them, which may differ in spelling).
func portExplains(port, flow Row) bool {
	text := flow.str("match") + " " + flow.str("actions")
	if strings.Contains(text, flowString(port.str("name"))) {
		return true
	}
	return slices.ContainsFunc(port.strs("addresses"), func(address string) bool {
		mac, ok := scanMAC(address)
		return ok && strings.Contains(text, mac)
	})
}

// scanMAC reads the MAC address at the beginning of a text as scanf("%hhx:...") does, which is how
// the reference reads it, and spells it canonically.
func scanMAC(text string) (string, bool) {
	rest := strings.TrimLeft(text, " \t\n\r\v\f")
	octets := make([]string, 0, 6)
	for i := range 6 {
		if i > 0 {
			if !strings.HasPrefix(rest, ":") {
				return "", false
			}
			rest = rest[1:]
		}
		digits := 0
		var octet byte
		for digits < len(rest) && strings.IndexByte("0123456789abcdefABCDEF", rest[digits]) >= 0 {
			octet = octet<<4 | hexValue(rest[digits])
			digits++
		}
		if digits == 0 {
			return "", false
		}
		rest = rest[digits:]
		octets = append(octets, fmt.Sprintf("%02x", octet))
	}
	return strings.Join(octets, ":"), true
}

func hexValue(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}

// flowString spells a name as OVN's match language does: JSON string escaping.
func flowString(name string) string {
	var b strings.Builder
	b.WriteByte('"')
	short := map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`,
		'\r': `\r`, '\t': `\t`}
	for _, c := range name {
		if s, ok := short[c]; ok {
			b.WriteString(s)
		} else if c < ' ' {
			fmt.Fprintf(&b, `\u%04x`, c)
		} else {
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
