package match

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// The sets and groups that the tests' matches may use.
var (
	addressSets = map[string][]string{
		"as_none": {}, "as_one": {"10.0.0.1"},
		"as4": {"10.0.0.1", "10.0.0.2", "10.0.1.0/24", "10.0.0.0/255.0.0.255"},
		"as6": {"fe80::1", "fe80::2", "fd00::/8"},
		"asm": {"00:00:00:00:00:01", "00:00:00:00:00:02", "01:00:00:00:00:00/01:00:00:00:00:00"},
		// Two spellings of one address, and numbers.
		"as_same": {"10.0.0.1", "10.0.0.1/32"}, "as_number": {"1", "0x2", "3"},
		"as_all": {"10.0.0.1", "0.0.0.0/0"},
	}
	portGroups = map[string][]string{"pg_none": {}, "pg_one": {"lsp1"},
		"pg2": {"lsp1", "lsp2"}, "pg3": {"lsp2", "lsp3", "lsp4"}}
)

// world is what matches are expanded in.
type world struct {
	datapath int
	keys     map[string]int // of ports and multicast groups
	bound    []string
}

// values answers the needs of a match. Where sets may stay symbolic they do, if symbolic is set and
// they have at least two different elements.
func (w *world) values(match string, symbolic bool) *Values {
	needs, _ := Needs(match)
	var texts []string
	for _, need := range needs {
		name := strconv.Quote(need.Name)
		switch need.Kind {
		case inport, outport:
			if key, known := w.keys[need.Name]; known {
				texts = append(texts, fmt.Sprintf("%s %s %d", need.Kind, name, key))
			}
		case resident:
			for _, port := range w.bound {
				if port == need.Name {
					texts = append(texts, need.Kind+" "+name)
				}
			}
		default:
			elements, known := w.elements(need.Kind, need.Name)
			if !known {
				continue
			}
			if symbolic && need.Each && len(elements) > 1 && !contains(elements, "0.0.0.0/0") {
				elements = []string{everything}
			}
			if len(elements) == 0 {
				texts = append(texts, need.Kind+" "+name)
			}
			for _, element := range elements {
				texts = append(texts, need.Kind+" "+name+" "+element)
			}
		}
	}
	v, err := ParseValues(texts)
	if err != nil {
		panic(err)
	}
	return v
}

func contains(list []string, text string) bool {
	for _, t := range list {
		if t == text {
			return true
		}
	}
	return false
}

// elements are the different elements of a set or group, ports as their keys.
func (w *world) elements(kind, name string) (elements []string, known bool) {
	if kind == addressSet {
		elements, known = addressSets[name]
		var different []string
		for _, element := range elements {
			if t, ok := readElement(element); ok {
				if text := string(appendConstant(t)); !contains(different, text) {
					different = append(different, text)
				}
			}
		}
		return different, known
	}
	ports, known := portGroups[name]
	for _, port := range ports {
		elements = append(elements, strconv.Itoa(w.keys[port]))
	}
	return elements, known
}

// flows completes rows to the lines that describe makes of flows.
func (w *world) flows(rows []Row) []string {
	var all []flow
	for _, row := range rows {
		elements := []string{""}
		if row.Set != "" {
			elements, _ = w.elements(row.Kind, row.Set)
		}
		for _, element := range elements {
			text, fits := AppendText(nil, row.Pattern, uint64(w.datapath), uint32(row.Part), element)
			if !fits {
				continue
			}
			f := flow{match: string(text)}
			if row.Clause > 0 {
				f.clauses = []dimension{{row.Part, row.Clause, row.Clauses}}
			}
			all = append(all, f)
		}
	}
	return describe(all)
}

// flow is an OpenFlow flow: one that carries the actions, or one dimension of conjunctive matches.
type flow struct {
	match   string
	clauses []dimension
}

type dimension struct{ conjunction, clause, clauses int }

var conjID = regexp.MustCompile(`conj_id=(\d+)`)

// describe writes flows as sorted lines that do not depend on the ids of conjunctions. Each
// conjunctive match is one line: its own match, then those of its dimensions.
func describe(flows []flow) []string {
	plain, merged := map[string]bool{}, map[string][]dimension{}
	ids := map[int]string{}
	for _, f := range flows {
		if len(f.clauses) > 0 {
			merged[f.match] = append(merged[f.match], f.clauses...)
			continue
		}
		if word := conjID.FindStringSubmatch(f.match); word != nil {
			id, _ := strconv.Atoi(word[1])
			ids[id] = strings.Replace(f.match, word[0], "conj_id", 1)
		} else {
			plain[f.match] = true
		}
	}
	parts := map[int][]string{}
	for match, clauses := range merged {
		if plain[match] {
			continue // a flow that carries the actions takes the place of dimensions
		}
		for _, c := range clauses {
			parts[c.conjunction] = append(parts[c.conjunction], fmt.Sprintf("%d/%d %s", c.clause, c.clauses, match))
		}
	}
	var lines []string
	for match := range plain {
		lines = append(lines, match)
	}
	for id := range ids {
		if parts[id] == nil {
			parts[id] = []string{}
		}
	}
	for id, dimensions := range parts {
		sort.Strings(dimensions)
		dimensions = slices.Compact(dimensions)
		own := ids[id]
		if own == "" {
			own = "never"
		}
		lines = append(lines, own+" if "+strings.Join(dimensions, " & "))
	}
	sort.Strings(lines)
	return lines
}
