package parity

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Mode says how exact the rendering of chosen numbers is.
type Mode int

const (
	// Cold hides datapath tunnel keys, which the reference deals out in the order of a hash
	// table, behind the name of their datapath. A key that was asked for stays visible.
	Cold Mode = iota
	// Seeded shows datapath tunnel keys as they are: both sides started from one Southbound.
	Seeded
)

// ignoredFlowIDs are keys of Logical_Flow's external_ids that are not compared: the reference's
// line in its C source, and our rule's file and name.
var ignoredFlowIDs = map[string]bool{"source": true, "rule": true, "stage-hint": true}

// nbWritten are the Northbound columns that a northd writes.
var nbWritten = map[string][]string{
	"NB_Global": {"options", "sb_cfg", "hv_cfg", "nb_cfg_timestamp", "sb_cfg_timestamp",
		"hv_cfg_timestamp"},
	"Logical_Switch_Port": {"up", "dynamic_addresses", "tag"},
	"Logical_Router_Port": {"ipv6_prefix"},
	"BFD":                 {"status"},
}

// Text renders the Southbound and the northd-written part of the Northbound, one line a row,
// sorted. A line is "Table key | column=value ..."; empty sets and maps are left out, references
// are shown by name.
func Text(nb, sb Snapshot, mode Mode) string {
	r := newRenderer(nb, sb, mode)
	var lines []string
	for _, table := range slices.Sorted(maps.Keys(sb)) {
		switch table {
		case "Logical_Flow", "Logical_DP_Group":
			continue
		}
		for _, row := range sb[table] {
			lines = append(lines, r.line(table, row, nil))
		}
	}
	lines = append(lines, r.flowLines()...)
	lines = append(lines, r.groupFaults()...)
	for table, columns := range nbWritten {
		for _, row := range nb[table] {
			lines = append(lines, "NB "+r.line(table, row, columns))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}

// Snapshots reads both databases of the stack, the Northbound first.
func (s *Stack) Snapshots() (nb, sb Snapshot, err error) {
	if nb, err = s.NB.Snapshot(); err != nil {
		return nil, nil, err
	}
	sb, err = s.SB.Snapshot()
	return nb, sb, err
}

type renderer struct {
	nb, sb Snapshot
	mode   Mode
	// names gives each row that something may refer to a name that does not depend on chance.
	names map[string]string
	// exists has every row of both databases. The server at times leaves a reference to a row that
	// is gone in a set of weak references; readers take it as absent, and so does the text.
	exists map[string]bool
	// keys gives the text that stands for a datapath's tunnel key.
	keys map[int64]string
	// drawn replaces values that a northd draws at random when nothing seeds them.
	drawn map[string]string
}

// line renders one row; columns limits it to those, nil means all.
func (r *renderer) line(table string, row Row, columns []string) string {
	if columns == nil {
		columns = slices.Sorted(maps.Keys(row))
	}
	var parts []string
	for _, column := range columns {
		if column == "_uuid" || column == "_version" {
			continue
		}
		if text := r.column(table, column, row); text != "" {
			parts = append(parts, column+"="+text)
		}
	}
	return table + " " + r.key(table, row) + " | " + strings.Join(parts, " ")
}

// column renders one column; an empty set or map is "".
func (r *renderer) column(table, column string, row Row) string {
	switch table + "." + column {
	case "Datapath_Binding.tunnel_key":
		return r.datapathKey(row.num("tunnel_key"))
	case "FDB.dp_key":
		return r.datapathKey(row.num("dp_key"))
	case "Port_Group.name":
		return atomText(r.portGroupName(row.str("name")))
	case "SB_Global.nb_cfg", "NB_Global.sb_cfg", "NB_Global.hv_cfg":
		return r.sequence(row.num(column))
	case "NB_Global.nb_cfg_timestamp", "NB_Global.sb_cfg_timestamp":
		return fmt.Sprintf("set:%t", row.num(column) != 0)
	}
	return r.value(row[column])
}

// sequence renders a configuration number relative to NB_Global.nb_cfg, because how often a
// comparison had to wait is chance.
func (r *renderer) sequence(n int64) string {
	for _, global := range r.nb["NB_Global"] {
		if global.num("nb_cfg") == n {
			return "current"
		}
	}
	return strconv.FormatInt(n, 10)
}

// datapathKey renders a datapath's tunnel key, or a number that should be one.
func (r *renderer) datapathKey(key int64) string {
	if name, ok := r.keys[key]; ok && r.mode == Cold {
		return name
	}
	return strconv.FormatInt(key, 10)
}

// portGroupName renders a Southbound port group's name, "<datapath key>_<group>".
func (r *renderer) portGroupName(name string) string {
	key, group, ok := strings.Cut(name, "_")
	n, err := strconv.ParseInt(key, 10, 64)
	if !ok || err != nil {
		return name
	}
	return r.datapathKey(n) + "_" + group
}

// value renders any value: an atom, {a, b} sorted for a set, {k=v, ...} sorted for a map.
func (r *renderer) value(v any) string {
	var parts []string
	if isMap(v) {
		for _, pair := range pairs(v) {
			parts = append(parts, r.atom(pair[0])+"="+r.atom(pair[1]))
		}
		if len(parts) == 0 {
			return ""
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, ", ") + "}"
	}
	for _, e := range elements(v) {
		if id := refOf(e); id != "" && !r.exists[id] {
			continue
		}
		parts = append(parts, r.atom(e))
	}
	if len(parts) == 1 {
		return parts[0]
	}
	if len(parts) == 0 {
		return ""
	}
	slices.Sort(parts)
	return "{" + strings.Join(parts, ", ") + "}"
}

func (r *renderer) atom(v any) string {
	if id := refOf(v); id != "" {
		return r.name(id)
	}
	s, ok := v.(string)
	if !ok {
		return fmt.Sprint(v)
	}
	if placeholder, ok := r.drawn[s]; ok {
		return placeholder
	}
	if name, ok := r.names[s]; ok {
		return name
	}
	return atomText(s)
}

// name returns the natural name of a row.
func (r *renderer) name(id string) string {
	if name, ok := r.names[id]; ok {
		return name
	}
	return "<unnamed row>"
}

var plain = regexp.MustCompile(`^[\pL\pN_.:/@$+*~#-]+$`)

// atomText renders a string: bare when it is one plain word, else in JSON quotes.
func atomText(s string) string {
	if plain.MatchString(s) {
		return s
	}
	return quote(s)
}

// quote spells a string in JSON quotes, which OVN's clients read too.
func quote(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return strconv.Quote(s)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
