package match

import (
	"fmt"
	"sync"

	"woven/internal/logical/lex"
)

// templates are those of all matches. Expansion has no other memory.
var templates cache

var expanders = sync.Pool{New: func() any { return new(expander) }}

// open takes a text apart and finds its template. What can be wrong with it without anything being
// known about sets and ports is an error.
func (r *reading) open(text string) (*node, *lex.Error) {
	if err := r.read(text); err != nil {
		return nil, err
	}
	t := templates.get(r)
	if t.err != nil {
		return nil, r.errorAt(t.err)
	}
	return t.root, r.check(t.root)
}

// Check says what is wrong with a match, with the place and what to write instead; nil if nothing is.
func Check(match string) error {
	_, err := Needs(match)
	return err
}

// Needs lists what the expansion of a match has to know, each thing once, in the order of the text.
func Needs(match string) ([]Need, error) {
	e := expanders.Get().(*expander)
	defer e.put()
	root, err := e.main.open(match)
	if err != nil {
		return nil, err
	}
	return e.main.needs(root, symbolExpansions()), nil
}

// Expand makes of a match the rows that it means on every datapath. The prerequisite, an expression
// too, is what the flow's actions imply; it may be "". A port that the values do not know equals
// nothing. Sets that they do not know, and a match that makes too many rows, are errors.
//
// Equal arguments give equal rows in the same order.
func Expand(match, prerequisite string, values *Values) ([]Row, error) {
	e := expanders.Get().(*expander)
	defer e.put()
	x, err := e.lower(&e.main, match, values)
	if err != nil {
		return nil, err
	}
	if prerequisite != "" {
		implied, err := e.lower(&e.implied, prerequisite, values)
		if err != nil {
			return nil, fmt.Errorf("in what the actions imply, %q: %w", prerequisite, err)
		}
		x = e.forge.join(formAll, []*formula{x, implied})
	}
	e.work = maxWork
	e.normalize(x)
	if e.err != nil {
		return nil, e.err
	}
	if e.conjunctions > 1 || e.lossy {
		return unique(e.rows), nil
	}
	return e.rows, nil
}

// lower makes the formula of a text.
func (e *expander) lower(r *reading, text string, values *Values) (*formula, error) {
	root, err := r.open(text)
	if err != nil {
		return nil, err
	}
	l := lowering{reading: r, forge: &e.forge, expansions: symbolExpansions(), values: values,
		unknown: &e.unknown, root: root}
	x := l.lower(root, true, false)
	if l.err != nil {
		return nil, l.err
	}
	return x, nil
}

// unique leaves out rows that are there already.
func unique(rows []Row) []Row {
	if len(rows) < 2 {
		return rows
	}
	seen := make(map[Row]bool, len(rows))
	kept := rows[:0]
	for _, row := range rows {
		if !seen[row] {
			seen[row] = true
			kept = append(kept, row)
		}
	}
	return kept
}

// keepMost is how much memory of one kind an expander keeps for the next match, in pieces.
const keepMost = 1 << 12

// put makes the expander ready for another match.
func (e *expander) put() {
	if len(e.forge.chunks) > keepMost/chunkSize || cap(e.main.tokens) > keepMost ||
		cap(e.singles) > keepMost {
		return // one huge match should not hold its memory for ever
	}
	e.forge.reset()
	e.unknown.names, e.singles = e.unknown.names[:0], e.singles[:0]
	e.clauses, e.pending, e.rows = e.clauses[:0], e.pending[:0], nil
	e.parts, e.conjunctions, e.lossy, e.err = 0, 0, false, nil
	expanders.Put(e)
}
