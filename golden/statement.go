package golden

import "strings"

// Statement is one line of an apply block: a row that is inserted or changed, a row that is
// deleted, or a single fact.
type Statement struct {
	Line    int
	Delete  bool
	Table   string   // with its database unless that is nb; empty for a fact
	Row     string   // the row's name
	Columns []assign // in the order of the statement
	Fact    string   // relation(arguments) as a .mg file writes it
}

// assign is a column with what is done to it.
type assign struct {
	column string
	op     string // ":" replaces, "+=" adds elements, "-=" takes elements away
	value  value
}

// value is a scalar, a list or a map, as written.
type value struct {
	kind  byte // 's', 'l' or 'm'
	text  string
	items []value
	keys  []string // of a map, one an item
}

// parseStatement reads
//
//	Logical_Switch sw0 { ports: [p1, p2], other_config: { vlan-passthru: true } }
//	sb.Chassis ch1 { }
//	delete Logical_Switch_Port p1
//	acked("sb", "nb_cfg", 1, 1000)
//	delete acked("sb", "nb_cfg", 1, 1000)
func parseStatement(text string) (*Statement, *fault) {
	s := &Statement{}
	t := &tokens{text: text}
	word, err := t.word()
	if err != nil {
		return nil, err
	}
	if word == "delete" {
		s.Delete = true
		if word, err = t.word(); err != nil {
			return nil, err
		}
	}
	if t.peek() == '(' {
		_, rest, _ := strings.Cut(text, word)
		s.Fact = word + strings.TrimSuffix(strings.TrimSpace(rest), ".")
		return s, nil
	}
	s.Table = word
	if s.Row, err = t.word(); err != nil {
		return nil, faultf("write the row's name behind the table", "which row of %s", word)
	}
	if s.Delete {
		return s, t.end()
	}
	if err := t.expect('{'); err != nil {
		return nil, err
	}
	for t.peek() != '}' {
		a, err := t.assign()
		if err != nil {
			return nil, err
		}
		s.Columns = append(s.Columns, a)
		if t.peek() != ',' {
			break
		}
		t.at++
	}
	if err := t.expect('}'); err != nil {
		return nil, err
	}
	return s, t.end()
}

// tokens reads a statement from left to right.
type tokens struct {
	text string
	at   int
}

// peek skips white space and returns the byte that follows, 0 at the end.
func (t *tokens) peek() byte {
	for t.at < len(t.text) && strings.IndexByte(" \t\n", t.text[t.at]) >= 0 {
		t.at++
	}
	if t.at == len(t.text) {
		return 0
	}
	return t.text[t.at]
}

func (t *tokens) expect(c byte) *fault {
	if got := t.peek(); got != c {
		return faultf("", "%q is expected %s", string(c), t.place())
	}
	t.at++
	return nil
}

func (t *tokens) end() *fault {
	if t.peek() != 0 {
		return faultf("write one statement a line", "nothing more is expected %s", t.place())
	}
	return nil
}

func (t *tokens) place() string {
	if t.peek() == 0 {
		return "at the end of the statement"
	}
	rest, _, _ := strings.Cut(t.text[t.at:], "\n")
	return "before " + quote(rest)
}

func isBare(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		strings.IndexByte("_./-$", c) >= 0
}

// word reads a word without quotes.
func (t *tokens) word() (string, *fault) {
	t.peek()
	start := t.at
	for t.at < len(t.text) && isBare(t.text[t.at]) {
		t.at++
	}
	if start == t.at {
		return "", faultf(`words with other characters than letters, digits and _./-$ are written in `+
			`double quotes`, "a word is expected %s", t.place())
	}
	return t.text[start:t.at], nil
}

// scalar reads a word, with or without quotes.
func (t *tokens) scalar() (string, *fault) {
	if t.peek() != '"' {
		return t.word()
	}
	text, n, ok := unquote(t.text[t.at:])
	if !ok {
		return "", faultf("", "the text %s has no end", t.place())
	}
	t.at += n
	return text, nil
}

func (t *tokens) assign() (a assign, err *fault) {
	if a.column, err = t.word(); err != nil {
		return a, err
	}
	// A minus sign can be part of a word, and is not part of a column's name.
	if column, ok := strings.CutSuffix(a.column, "-"); ok {
		a.column = column
		t.at--
	}
	t.peek()
	for _, op := range []string{":", "+=", "-="} {
		if strings.HasPrefix(t.text[t.at:], op) {
			a.op = op
			t.at += len(op)
		}
	}
	if a.op == "" {
		return a, faultf("write column: value, column += value or column -= value",
			"what is done to %s", a.column)
	}
	a.value, err = t.value()
	return a, err
}

func (t *tokens) value() (v value, err *fault) {
	switch t.peek() {
	case '[':
		return t.list('l', ']')
	case '{':
		return t.list('m', '}')
	}
	v.kind = 's'
	v.text, err = t.scalar()
	return v, err
}

// list reads elements up to the closing bracket; those of a map have a key before them.
func (t *tokens) list(kind, closing byte) (v value, err *fault) {
	v.kind = kind
	t.at++
	for t.peek() != closing {
		if kind == 'm' {
			key, err := t.scalar()
			if err != nil {
				return v, err
			}
			v.keys = append(v.keys, key)
			if err := t.expect(':'); err != nil {
				return v, err
			}
		}
		text, err := t.scalar()
		if err != nil {
			return v, err
		}
		v.items = append(v.items, value{kind: 's', text: text})
		if t.peek() != ',' {
			break
		}
		t.at++
	}
	return v, t.expect(closing)
}

// openBrackets counts the brackets that a text opens and does not close, outside of quotes.
func openBrackets(text string) (n int) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{', '[', '(':
			n++
		case '}', ']', ')':
			n--
		case '"':
			_, used, ok := unquote(text[i:])
			if !ok {
				return n
			}
			i += used - 1
		}
	}
	return n
}
