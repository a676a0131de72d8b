package action

import (
	"slices"
	"strconv"
	"strings"
)

// Values are the circumstances of a flow: what rows of the databases say about the names that its
// actions need. Each is a text "KIND NAME VALUE", or "KIND NAME" if there is no value. NAME can be
// quoted as in Go, and is if it holds blanks, is empty or begins with a double quote. A text that is
// not of this form tells nothing.
type Values struct {
	load func() []string
	// byName is filled at the first lookup: most actions need nothing.
	byName map[Need]string
}

// NewValues returns the circumstances that the texts tell.
func NewValues(texts ...string) *Values { return &Values{load: func() []string { return texts }} }

// lookup finds a value. Of two for one name, the one that sorts first counts.
func (v *Values) lookup(kind, name string) (value string, ok bool) {
	if v.byName == nil {
		v.index(v.load())
	}
	value, ok = v.byName[Need{kind, name}]
	return value, ok
}

func (v *Values) index(texts []string) {
	v.byName = make(map[Need]string, len(texts))
	if !slices.IsSorted(texts) {
		texts = slices.Sorted(slices.Values(texts))
	}
	for _, text := range texts {
		need, value, ok := readValue(text)
		if _, known := v.byName[need]; ok && !known {
			v.byName[need] = value
		}
	}
}

// readValue takes a text apart.
func readValue(text string) (n Need, value string, ok bool) {
	kind, rest, ok := strings.Cut(text, " ")
	if !strings.HasPrefix(rest, `"`) {
		name, value, _ := strings.Cut(rest, " ")
		return Need{kind, name}, value, ok
	}
	quoted, err := strconv.QuotedPrefix(rest)
	if err != nil {
		return n, "", false
	}
	name, err := strconv.Unquote(quoted)
	return Need{kind, name}, strings.TrimPrefix(rest[len(quoted):], " "), err == nil
}
