package symbol

import (
	"fmt"

	"woven/internal/logical/lex"
)

// index makes the symbols of the table.
func index() map[string]*Symbol {
	symbols := make(map[string]*Symbol, len(rows)+len(onlyWritten))
	for _, r := range rows {
		s := &Symbol{Name: r.name, Prerequisite: r.prerequisite, Predicate: r.predicate,
			MustCrossproduct: r.crossproduct, Field: r.field}
		switch {
		case r.part != "":
			addPart(symbols, s, r.part)
		case r.predicate != "":
			s.Width, s.Level = 1, levelOf(symbols, r.predicate)
		case r.port != 0:
			s.Field, s.Writable = r.port, InActions
		default:
			addField(s)
		}
		if r.commit {
			s.Writable = InCTCommit
		}
		symbols[s.Name] = s
	}
	for name, width := range onlyWritten {
		symbols[name] = &Symbol{Name: name, Width: width, Writable: InActions | InCTCommit}
	}
	return symbols
}

func addField(s *Symbol) {
	s.Width = s.Field.Bits()
	if s.Field.Maskable() {
		s.Level = Ordinal
	}
	if s.Field.Writable() {
		s.Writable = InActions
	}
}

// addPart fills in a symbol that is some bits of another.
func addPart(symbols map[string]*Symbol, s *Symbol, part string) {
	tokens, _ := lex.Scan(nil, part)
	s.Parent = symbols[tokens[0].Text]
	if s.Parent == nil || s.Parent.Level != Ordinal {
		panic(fmt.Sprintf("symbol %s is part of no ordinal field", s.Name))
	}
	s.Offset, _ = tokens[2].Small()
	s.Width = 1
	if tokens[3].Kind == lex.Ellipsis {
		last, _ := tokens[4].Small()
		s.Width = last - s.Offset + 1
	}
	s.Level, s.Writable = Ordinal, s.Parent.Writable
}

// levelOf is the level of a predicate: what cannot be negated makes it nominal.
func levelOf(symbols map[string]*Symbol, predicate string) Level {
	tokens, _ := lex.Scan(nil, predicate)
	for i := range tokens {
		if tokens[i].Kind == lex.Identifier && symbols[tokens[i].Text].Level == Nominal {
			return Nominal
		}
	}
	return Boolean
}
