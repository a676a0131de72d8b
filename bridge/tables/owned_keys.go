package tables

import (
	"fmt"
	"slices"
	"strings"

	"woven/engine/check"
	"woven/engine/syntax"
	"woven/relations"
)

// ownedKeys are the keys of a map that are ours: some by name, and all with some beginnings.
type ownedKeys struct {
	names    []relations.Value
	prefixes []string
}

// readOwnedKeys reads an annotation owned_keys: the column, then keys, of which a last * stands
// for whatever follows.
func (d *Database) readOwnedKeys(a syntax.Annotation) (keys ownedKeys, err error) {
	texts := check.AnnotationStrings(a)
	if len(texts) < 2 {
		return keys, fmt.Errorf("%s: owned_keys names a column and then its keys", a.Pos)
	}
	for _, text := range texts[1:] {
		prefix, open := strings.CutSuffix(text, "*")
		switch {
		case open && prefix == "":
			return keys, fmt.Errorf("%s: owned_keys(%q, \"*\") are all keys: say owned(%q)", a.Pos,
				texts[0], texts[0])
		case open:
			keys.prefixes = append(keys.prefixes, prefix)
		default:
			v := d.store.String(text)
			d.store.Retain(relations.String, v)
			keys.names = append(keys.names, v)
		}
	}
	return keys, nil
}

// owns reports whether a key of the map is ours to write.
func (c *column) owns(store *relations.Store, key relations.Value) bool {
	if c.role != roleKeys || slices.Contains(c.keys.names, key) {
		return true
	}
	if len(c.keys.prefixes) == 0 {
		return false
	}
	text := store.TextOf(key)
	return slices.ContainsFunc(c.keys.prefixes, func(prefix string) bool {
		return strings.HasPrefix(text, prefix)
	})
}

// compareKeys adds what has to be written so that the keys of a map that are ours are as wanted.
func (w *Writer) compareKeys(s *state, h, row relations.Value, c *column, d *difference) {
	keys := slices.Clone(c.keys.names)
	if len(c.keys.prefixes) > 0 {
		seen := map[relations.Value]bool{}
		take := func(fact []relations.Value) bool {
			if key := fact[1]; !seen[key] && c.owns(w.d.store, key) {
				seen[key] = true
				if !slices.Contains(c.keys.names, key) {
					keys = append(keys, key)
				}
			}
			return true
		}
		c.byRow.Each(take, row)
		c.wanted.Each(take, h)
	}
	for _, key := range keys {
		w.comparePair(s, h, row, c, key, d)
	}
}

// onlyOwned leaves the pairs of a map whose keys are ours.
func (w *Writer) onlyOwned(c *column, pairs []relations.Value) []relations.Value {
	var kept []relations.Value
	for i := 0; i < len(pairs); i += 2 {
		if c.owns(w.d.store, pairs[i]) {
			kept = append(kept, pairs[i], pairs[i+1])
		}
	}
	return kept
}
