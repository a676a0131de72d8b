package function

import "testing"

var conditionCases = []callCase{
	{"fn:eq", in{"a", "a"}, "/true"},
	{"fn:eq", in{"a", "b"}, "/false"},
	{"fn:eq", in{[]any{1, 2}, []any{1, 2}}, "/true"},
	{"fn:ne", in{1, 1}, "/false"},
	{"fn:ne", in{ipText("10.0.0.1"), ipText("10.0.0.1/8")}, "/true"},
	{"fn:lt", in{-1, 1 << 40}, "/true"},
	{"fn:lt", in{2, 2}, "/false"},
	{"fn:lt", in{ipText("10.0.0.9"), ipText("10.0.0.10")}, "/true"},
	{"fn:le", in{2, 2}, "/true"},
	{"fn:le", in{3, 2}, "/false"},
	{"fn:gt", in{"b", "a"}, "/true"},
	{"fn:gt", in{"a", "a"}, "/false"},
	{"fn:ge", in{[]any{1}, []any{}}, "/true"},
	{"fn:ge", in{1, 2}, "/false"},
	{"fn:lt", in{1}, "error: two arguments, not 1"},
	{"fn:and", in{}, "/true"},
	{"fn:and", in{true, true}, "/true"},
	{"fn:and", in{true, false}, "/false"},
	{"fn:or", in{}, "/false"},
	{"fn:or", in{false, true}, "/true"},
	{"fn:or", in{false, false}, "/false"},
	{"fn:not", in{true}, "/false"},
	{"fn:not", in{false}, "/true"},
	{"fn:not", in{label("/other")}, "/true"},
	{"fn:if", in{true, 1, 2}, "1"},
	{"fn:if", in{false, 1, 2}, "2"},
	{"fn:if", in{true, "a", "b"}, "a"},
	{"fn:if", in{label("/other"), "a", "b"}, "b"},
}

func TestConditions(t *testing.T) { run(t, conditionCases) }
