package function

import "testing"

var textCases = []callCase{
	{"fn:string:trim", in{" a b\t\n"}, "a b"},
	{"fn:string:trim", in{""}, ""},
	{"fn:string:lower", in{"AZ[az É"}, "az[az É"},
	{"fn:string:upper", in{"AZ`az{é"}, "AZ`AZ{é"},
	{"fn:string:contains", in{"abc", "bc"}, "/true"},
	{"fn:string:contains", in{"abc", ""}, "/true"},
	{"fn:string:contains", in{"abc", "ac"}, "/false"},
	{"fn:string:starts_with", in{"abc", "ab"}, "/true"},
	{"fn:string:starts_with", in{"abc", "abcd"}, "/false"},
	{"fn:string:ends_with", in{"abc", "bc"}, "/true"},
	{"fn:string:ends_with", in{"abc", "ab"}, "/false"},
	{"fn:string:lt", in{"a", "b"}, "/true"},
	{"fn:string:lt", in{"a", "a"}, "/false"},
	{"fn:string:lt", in{"B", "a"}, "/true"},
	{"fn:string:len", in{""}, "0"},
	{"fn:string:len", in{"aü"}, "3"},
	{"fn:string:substring", in{"abcdef", 1, 3}, "bc"},
	{"fn:string:substring", in{"abc", -5, 99}, "abc"},
	{"fn:string:substring", in{"abc", 2, 1}, ""},
	{"fn:string:substring", in{"abc", 9, 12}, ""},
	{"fn:string:substring", in{"abc", 9, -1}, ""},
	{"fn:string:replace", in{"a.b.c", ".", "::"}, "a::b::c"},
	{"fn:string:replace", in{"aaa", "aa", "b"}, "ba"},
	{"fn:string:replace", in{"abc", "", "x"}, "abc"},
	{"fn:string:replace", in{"abc", "x", "y"}, "abc"},
	{":split", in{"a,b,,c", ","}, "a; b; ; c"},
	{":split", in{"abc", ","}, "abc"},
	{":split", in{"abc", ""}, "abc"},
	{":split", in{"", ","}, ""},
	{":split", in{"a--b", "--"}, "a; b"},
	{":split_index", in{"a,b,", ","}, "0, a; 1, b; 2, "},
	{":cut", in{"10.0.0.1:80:90", ":"}, "10.0.0.1, 80:90"},
	{":cut", in{"abc", ":"}, ""},
	{":cut", in{"abc", ""}, ""},
	{":cut", in{":", ":"}, ", "},
}

func TestTexts(t *testing.T) { run(t, textCases) }
