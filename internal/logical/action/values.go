package action

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Values are the circumstances of a flow: what rows of the databases say about the names that its
// actions need. Each is a text "KIND NAME VALUE", or "KIND NAME" if there is no value. NAME is
// quoted as in Go if it holds blanks, is empty or begins with a double quote; other names may be
// quoted too.
type Values struct {
	load func() []string
	// byName finds the value of a kind and name, as they are written; filled at the first lookup.
	byName map[string]string
}

// NewValues returns the circumstances that the texts tell.
func NewValues(texts ...string) *Values { return &Values{load: func() []string { return texts }} }

// lookup finds a value. Of two for one name, the one that sorts first counts.
func (v *Values) lookup(kind, name string) (value string, ok bool) {
	if v.byName == nil {
		v.index(v.load())
	}
	var buffer [64]byte
	key := append(append(buffer[:0], kind...), ' ')
	value, ok = v.byName[string(appendName(key, name))]
	return value, ok
}

func (v *Values) index(texts []string) {
	v.byName = make(map[string]string, len(texts))
	if !slices.IsSorted(texts) {
		texts = slices.Sorted(slices.Values(texts))
	}
	for _, text := range texts {
		n := nameEnd(text)
		key := canonicalKey(text[:n])
		if _, ok := v.byName[key]; !ok {
			v.byName[key] = strings.TrimPrefix(text[n:], " ")
		}
	}
}

// canonicalKey takes quotes off a name that needs none.
func canonicalKey(key string) string {
	kind, name, _ := strings.Cut(key, " ")
	if strings.HasPrefix(name, `"`) {
		if plain, err := strconv.Unquote(name); err == nil && !needsQuotes(plain) {
			return kind + " " + plain
		}
	}
	return key
}

// nameEnd is where the kind and the name of a text end.
func nameEnd(text string) int {
	start := strings.IndexByte(text, ' ') + 1
	if start == 0 {
		return len(text)
	}
	if strings.HasPrefix(text[start:], `"`) {
		if quoted, err := strconv.QuotedPrefix(text[start:]); err == nil {
			return start + len(quoted)
		}
	}
	if n := strings.IndexByte(text[start:], ' '); n >= 0 {
		return start + n
	}
	return len(text)
}

// appendName appends a name as it is written in values.
func appendName(b []byte, name string) []byte {
	if needsQuotes(name) {
		return strconv.AppendQuote(b, name)
	}
	return append(b, name...)
}

func needsQuotes(name string) bool {
	return name == "" || name[0] == '"' || strings.ContainsFunc(name, unicode.IsSpace)
}
