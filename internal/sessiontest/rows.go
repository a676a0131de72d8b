package sessiontest

import (
	"fmt"
	"sort"
	"strings"

	"github.com/stretchr/testify/require"
)

// Rows returns a table's rows by uuid, each a map of columns to values in their JSON form.
func (w *World) Rows(prefix, table string) map[string]map[string]any {
	w.t.Helper()
	d := w.database(prefix)
	found, err := d.connect(w.t).Select(d.name, table)
	require.NoError(w.t, err)
	rows := map[string]map[string]any{}
	for _, r := range found {
		rows[Canonical(r["_uuid"])] = r
	}
	return rows
}

// Canonical renders a value in its JSON form, with the elements of sets and the pairs of maps
// sorted; a set of one element is as the element alone.
func Canonical(v any) string {
	list, ok := v.([]any)
	if !ok || len(list) != 2 {
		return fmt.Sprint(v)
	}
	inner, ok := list[1].([]any)
	if !ok {
		return fmt.Sprint(list[1])
	}
	var parts []string
	for _, e := range inner {
		if pair, ok := e.([]any); ok && list[0] == "map" {
			parts = append(parts, Canonical(pair[0])+":"+Canonical(pair[1]))
		} else {
			parts = append(parts, Canonical(e))
		}
	}
	sort.Strings(parts)
	return "[" + strings.Join(parts, " ") + "]"
}

// Elements lists the elements of a set in its JSON form, rendered, sorted.
func Elements(v any) (list []string) {
	pair, _ := v.([]any)
	if len(pair) != 2 || pair[0] != "set" {
		return []string{Canonical(v)}
	}
	for _, e := range pair[1].([]any) {
		list = append(list, Canonical(e))
	}
	sort.Strings(list)
	return list
}
