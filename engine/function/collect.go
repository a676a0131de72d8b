package function

import (
	"bytes"

	"woven/relations"
)

func addCollectors(r *Registry) {
	r.AddReducer(
		&Reducer{Name: "fn:collect", Params: types(typeT), Result: relations.ListOf(typeT),
			State: OrderedState,
			Doc:   "The argument's values in order, each as often as rows have it.",
			Finish: func(s *relations.Store, ts []relations.Type, g Group) relations.Value {
				var list []relations.Value
				g.Each(func(args []relations.Value, count int64) bool {
					for range count {
						list = append(list, args[0])
					}
					return true
				})
				return s.List(ts[0], list)
			}},
		&Reducer{Name: "fn:collect_distinct", Params: types(typeT), Result: relations.ListOf(typeT),
			State: OrderedState, OfSet: true, Doc: "The argument's different values in order.",
			Finish: func(s *relations.Store, ts []relations.Type, g Group) relations.Value {
				list := make([]relations.Value, 0, g.Distinct())
				g.Each(func(args []relations.Value, _ int64) bool {
					list = append(list, args[0])
					return true
				})
				return s.List(ts[0], list)
			}},
		&Reducer{Name: "fn:collect_to_map", Params: types(typeK, typeV),
			Result: relations.MapOf(typeK, typeV), State: OrderedState, OfSet: true,
			Doc: "The map from the first argument to the second; of several values of a key the least.",
			Finish: func(s *relations.Store, ts []relations.Type, g Group) relations.Value {
				var entries []relations.Value
				g.Each(func(args []relations.Value, _ int64) bool {
					if n := len(entries); n == 0 || s.Compare(ts[0], entries[n-2], args[0]) != 0 {
						entries = append(entries, args[0], args[1])
					}
					return true
				})
				return s.Map(ts[0], ts[1], entries)
			}},
		&Reducer{Name: "fn:join", Params: types(text, text), Result: text, State: OrderedState,
			OfSet: true, Doc: "The first argument's different texts in order, with the second argument between them: " +
				"that of the least row, should it vary.",
			Finish: joinTexts},
	)
}

func joinTexts(s *relations.Store, _ []relations.Type, g Group) relations.Value {
	var buf [512]byte
	var sepBuf [16]byte
	joined := buf[:0]
	sep := s.AppendString(sepBuf[:0], g.First()[1])
	start, begun := 0, false
	g.Each(func(args []relations.Value, _ int64) bool {
		end := len(joined)
		if begun {
			joined = append(joined, sep...)
		}
		at := len(joined)
		joined = s.AppendString(joined, args[0])
		// One text may come with several separators.
		if begun && bytes.Equal(joined[start:end], joined[at:]) {
			joined = joined[:end]
			return true
		}
		start, begun = at, true
		return true
	})
	return s.Bytes(joined)
}
