package action

import (
	"strings"
	"testing"

	"woven/bridge/openflow"
	"woven/internal/logical/lex"
)

// tryAll does with a text what rules do. It fails if a part of the package contradicts another.
func tryAll(t *testing.T, text string) {
	p, err := Parse(text)
	if err != nil {
		if err.Error() == "" {
			t.Errorf("%q: an error says nothing", text)
		}
		return
	}
	needs, err := p.Needs()
	if checked := p.Check(); (checked == nil) != (err == nil) {
		t.Errorf("%q: Check says %v, Needs says %v", text, checked, err)
	}
	if err != nil {
		return
	}
	values := []string{}
	for _, n := range needs {
		values = append(values, n.Kind+" "+n.Name+" 1 str")
	}
	for _, v := range []*Values{NewValues(), NewValues(values...)} {
		for _, stage := range stages {
			c, err := p.Compile(stage.Place, v)
			if err != nil {
				continue
			}
			written := openflow.PrintActions(c.Actions)
			if written == "" {
				t.Errorf("%q: the actions have no text", text)
			}
			wire := openflow.AppendActions(nil, c.Actions, nil)
			if len(wire) > maxSize {
				t.Errorf("%q: the actions have %d bytes", text, len(wire))
			}
		}
	}
}

// seeds are all cases.
func seeds(t testing.TB) (texts []string) {
	t.Helper()
	for _, file := range caseFiles(t) {
		cases, _ := readCases(t, file)
		for _, c := range cases {
			texts = append(texts, c.text)
		}
	}
	return texts
}

func FuzzCompile(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(tryAll)
}

// TestMutated compiles texts that were made from those of testdata by mixing up their tokens.
func TestMutated(t *testing.T) {
	g := newGenerator(t)
	m := newMixer(seeds(t))
	for range 30000 {
		tryAll(t, m.mix(g, 1+g.IntN(3)))
	}
}

// mixer makes new texts of old ones.
type mixer struct{ texts, pieces []string }

func newMixer(texts []string) *mixer {
	m := &mixer{texts: texts}
	for _, text := range texts {
		m.pieces = append(m.pieces, words(text)...)
	}
	return m
}

// mix replaces, leaves out, inserts or repeats some tokens of a text.
func (m *mixer) mix(g *generator, changes int) string {
	mixed := words(pick(g, m.texts))
	for range min(len(mixed), changes) {
		i := g.IntN(len(mixed))
		switch g.IntN(4) {
		case 0:
			mixed[i] = pick(g, m.pieces)
		case 1:
			mixed[i] = ""
		case 2:
			mixed[i] += " " + pick(g, m.pieces)
		case 3:
			mixed[i] += " " + mixed[i]
		}
	}
	return strings.Join(mixed, " ")
}

// words are the tokens of a text as they are written; none if one cannot be read.
func words(text string) (list []string) {
	tokens, err := lex.Scan(nil, text)
	if err != nil {
		return nil
	}
	for i := range tokens {
		list = append(list, text[tokens[i].Start:tokens[i].End])
	}
	return list
}

// Large texts take time in proportion to their size, and do not go too deep.
func TestLargeTexts(t *testing.T) {
	const n = 20000
	for _, text := range []string{
		strings.Repeat("next;", n),
		strings.Repeat("{", n),
		strings.Repeat("clone { ", n) + strings.Repeat("};", n),
		strings.Repeat("f(", n),
		"ct_lb(backends=" + strings.Repeat("10.0.0.1:80,", n) + ");",
		"reg0[0] = put_dhcp_opts(offerip=1.2.3.4, dns_server={" + strings.Repeat("1.2.3.4,", n) + "});",
		"reg0 = select(" + strings.Repeat("1=2,", n) + ");",
		strings.Repeat("clone { ct_lb(backends=1.2.3.4); };", n/10),
		"arp { " + strings.Repeat("eth.src = eth.dst; ", n) + "};",
		"clone { " + strings.Repeat("eth.src = eth.dst; ", n) + "};",
		`outport = "` + strings.Repeat("x", 40*n) + `";`,
		strings.Repeat("/**/", n),
		strings.Repeat(" ", lex.MaxLength+1),
	} {
		tryAll(t, text)
	}
}
