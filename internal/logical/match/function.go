package match

import (
	"woven/engine/function"
	"woven/relations"
)

// The types that signatures are written with.
var (
	text   = relations.T(relations.String)
	number = relations.T(relations.Number)
	texts  = relations.ListOf(text)
)

func column(n string, t relations.Type) relations.Column { return relations.Column{Name: n, Type: t} }

func columns(c ...relations.Column) []relations.Column { return c }

// valuesDoc says what the values are, for all functions that take them.
const valuesDoc = "Values are texts \"KIND NAME VALUE\" or \"KIND NAME\", NAME in double quotes if it " +
	"holds blanks: inport and outport with the key of a port or multicast group; inport_group and " +
	"outport_group with the key of one member each; address_set with one element each; resident. A set " +
	"or group without VALUE is empty; VALUE * stands for two or more elements that stay symbolic."

// Add registers the functions and predicates of matches.
func Add(r *function.Registry) {
	r.AddPredicate(matchNeeds(), matchError(), matchExpand(), matchExpandError(), matchFlow(),
		setConstant(), setCatchall())
}

func matchNeeds() *function.Predicate {
	return &function.Predicate{Name: ":match_needs",
		In:  columns(column("Match", text)),
		Out: columns(column("Kind", text), column("Name", text), column("How", text)),
		Doc: "What the match of a logical flow (ovn-sb(5)) needs to know to be expanded: the names of " +
			"ports and multicast groups (inport, outport), port groups (inport_group, outport_group), " +
			"address sets (address_set) and ports that may be bound here (resident). How is \"each\" if " +
			"a set or group of two or more elements may stay symbolic, else \"value\". Nothing if the " +
			"match has an error.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			needs, err := Needs(s.TextOf(in[0]))
			if err != nil {
				return
			}
			for _, need := range needs {
				how := "value"
				if need.Each {
					how = "each"
				}
				emit([]relations.Value{s.String(need.Kind), s.String(need.Name), s.String(how)})
			}
		}}
}

func matchError() *function.Predicate {
	return &function.Predicate{Name: ":match_error",
		In:  columns(column("Match", text)),
		Out: columns(column("Why", text)),
		Doc: "What is wrong with the match of a logical flow: where, and what to write instead.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			if err := Check(s.TextOf(in[0])); err != nil {
				emit([]relations.Value{s.String(err.Error())})
			}
		}}
}

// expandColumns are the inputs of the two predicates of an expansion.
var expandColumns = columns(column("Match", text), column("Prerequisite", text),
	column("Values", texts))

// expand calls Expand with the arguments of a predicate.
func expand(s *relations.Store, in []relations.Value) ([]Row, error) {
	var buffer [16]relations.Value
	var known [16]string
	list := known[:0]
	for _, v := range s.AppendElements(buffer[:0], in[2]) {
		list = append(list, s.TextOf(v))
	}
	values, err := ParseValues(list)
	if err != nil {
		return nil, err
	}
	return Expand(s.TextOf(in[0]), s.TextOf(in[1]), values)
}

func matchExpand() *function.Predicate {
	return &function.Predicate{Name: ":match_expand",
		In: expandColumns,
		Out: columns(column("Part", number), column("Clause", number), column("Clauses", number),
			column("Kind", text), column("Set", text), column("Pattern", text)),
		Doc: "The OpenFlow matches that the match of a logical flow and the Prerequisite of its actions, " +
			"\"\" for none, become. " + valuesDoc + " Part 0 is a match of its own, with Clause and Clauses " +
			"0. Part n from 1 on is conjunctive match n: Clause 0 the match on its id, which carries the " +
			"actions, Clause k from 1 on its dimension k, of so many Clauses. Kind and Set name the " +
			"symbolic set of which each element makes one match, or are \"\". :match_flow completes the " +
			"Pattern.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			rows, err := expand(s, in)
			if err != nil {
				return
			}
			for i := range rows {
				r := &rows[i]
				emit([]relations.Value{s.Number(int64(r.Part)), s.Number(int64(r.Clause)),
					s.Number(int64(r.Clauses)), s.String(r.Kind), s.String(r.Set), s.String(r.Pattern)})
			}
		}}
}

func matchExpandError() *function.Predicate {
	return &function.Predicate{Name: ":match_expand_error",
		In:  expandColumns,
		Out: columns(column("Why", text)),
		Doc: "Why :match_expand has no rows though :match_error finds nothing wrong: a set that is not " +
			"there, or a match that makes too many flows.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			if _, err := expand(s, in); err != nil && Check(s.TextOf(in[0])) == nil {
				emit([]relations.Value{s.String(err.Error())})
			}
		}}
}
