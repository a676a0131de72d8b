package function

import "testing"

var listCases = []callCase{
	{"fn:list", in{1, 2, 1}, "[1, 2, 1]"},
	{"fn:list", in{"a"}, `["a"]`},
	{"fn:list", in{[]any{1}, []any{}}, "[[1], []]"},
	{"fn:list:len", in{[]any{}}, "0"},
	{"fn:list:len", in{[]any{"a", "b"}}, "2"},
	{"fn:list:get", in{[]any{"a", "b"}, 1, "z"}, "b"},
	{"fn:list:get", in{[]any{"a", "b"}, 2, "z"}, "z"},
	{"fn:list:get", in{[]any{"a", "b"}, -1, "z"}, "z"},
	{"fn:list:join", in{[]any{"a", "b", "c"}, ", "}, "a, b, c"},
	{"fn:list:join", in{[]any{}, ", "}, ""},
	{"fn:list:contains", in{[]any{"a", "b"}, "b"}, "/true"},
	{"fn:list:contains", in{[]any{"a", "b"}, "c"}, "/false"},
	{"fn:list:contains", in{[]any{[]any{1}}, []any{1}}, "/true"},
	{"fn:list:contains", in{[]any{}, 1}, "/false"},
	{"fn:list:append", in{[]any{1}, 2}, "[1, 2]"},
	{"fn:list:append", in{[]any{}, "a"}, `["a"]`},
	{"fn:list:concat", in{[]any{1}, []any{2, 3}}, "[1, 2, 3]"},
	{"fn:list:concat", in{[]any{}, []any{2}}, "[2]"},
	{"fn:list:concat", in{[]any{2}, []any{}}, "[2]"},
	{"fn:list:sort", in{[]any{3, -1, 3, 10}}, "[-1, 3, 3, 10]"},
	{"fn:list:sort", in{[]any{"b", "a"}}, `["a", "b"]`},
	{"fn:list:sort", in{[]any{}}, "[]"},
	{"fn:list:reverse", in{[]any{1, 2, 3}}, "[3, 2, 1]"},
	{":list:member", in{[]any{"a", "b", "a"}}, "a; b; a"},
	{":list:member", in{[]any{}}, ""},
	{":list:item", in{[]any{"a", "b"}}, "0, a; 1, b"},
	{"fn:list:sort", in{}, "error: 1 argument, not 0"},
}

var mapCases = []callCase{
	{"fn:map", in{"b", 1, "a", 2}, `["a": 2, "b": 1]`},
	{"fn:map", in{"a", 1, "a", 2, "a", 3}, `["a": 3]`},
	{"fn:map", in{"a"}, "error: odd number"},
	{"fn:map", in{"a", 1, "b", "c"}, "error: argument 4 is a /string, but the map has /number as its values"},
	{"fn:map", in{"a", 1, 2, 2}, "error: argument 3 is a /number, but the map has /string as its keys"},
	{"fn:map:get", in{pairs{"a", 1, "b", 2}, "b", 0}, "2"},
	{"fn:map:get", in{pairs{"a", 1, "b", 2}, "c", 0}, "0"},
	{"fn:map:get", in{pairs{"a", 1}}, "error: 3 arguments, not 1"},
	{"fn:map:len", in{pairs{"a", 1, "b", 2, "a", 3}}, "2"},
	{":map:entry", in{pairs{"b", 1, "a", 2}}, "a, 2; b, 1"},
}

var structCases = []callCase{
	{"fn:struct", in{label("/b"), 1, label("/a"), "x"}, `{/a: "x", /b: 1}`},
	{"fn:struct", in{}, "{}"},
	{"fn:struct", in{label("/a"), 1, label("/a"), 2}, "error: the field /a is there twice"},
	{"fn:struct", in{label("/a")}, "error: odd number"},
	{"fn:struct", in{"a", 1}, "error: argument 1 must be a constant such as /mac"},
	{"fn:struct:get", in{fields{"/a": 1, "/b": "x"}, label("/b")}, "x"},
	{"fn:struct:get", in{fields{"/a": []any{1}}, label("/a")}, "[1]"},
	{"fn:struct:get", in{fields{"/a": 1, "/b": "x"}, label("/c")}, "error: no field /c; it has /a /b"},
	{"fn:struct:get", in{fields{"/a": 1}, "a"}, "error: must be a constant"},
	{"fn:struct:get", in{1, label("/a")}, "error: takes a struct"},
}

var rangeCases = []callCase{
	{":range", in{3, 5}, "3; 4; 5"},
	{":range", in{-1, 0}, "-1; 0"},
	{":range", in{5, 5}, "5"},
	{":range", in{5, 4}, ""},
	{":range", in{0, 65536}, ""},
	{":range", in{-1 << 63, 1<<63 - 1}, ""},
	{":range", in{1<<63 - 2, 1<<63 - 1}, "9223372036854775806; 9223372036854775807"},
	{":range_error", in{0, 65535}, ""},
	{":range_error", in{5, 4}, ""},
	{":range_error", in{0, 65536}, "from 0 to 65536 there are more than 65536 numbers"},
	{":range_error", in{-1 << 63, 1<<63 - 1},
		"from -9223372036854775808 to 9223372036854775807 there are more than 65536 numbers"},
}

func TestLists(t *testing.T) { run(t, listCases) }

func TestMaps(t *testing.T) { run(t, mapCases) }

func TestStructs(t *testing.T) { run(t, structCases) }

func TestRanges(t *testing.T) { run(t, rangeCases) }
