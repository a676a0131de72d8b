package function

import (
	"math"
	"testing"
)

var integerCases = []callCase{
	{"fn:plus", in{}, "0"},
	{"fn:plus", in{1, 2, -10}, "-7"},
	{"fn:plus", in{math.MaxInt, 1}, "-9223372036854775808"},
	{"fn:mult", in{}, "1"},
	{"fn:mult", in{3, -4}, "-12"},
	{"fn:mult", in{math.MaxInt, 2}, "-2"},
	{"fn:minus", in{1, 3}, "-2"},
	{"fn:minus", in{math.MinInt, 1}, "9223372036854775807"},
	{"fn:div", in{7, 2}, "3"},
	{"fn:div", in{-7, 2}, "-3"},
	{"fn:div", in{7, 0}, "0"},
	{"fn:div", in{math.MinInt, -1}, "-9223372036854775808"},
	{"fn:mod", in{7, 2}, "1"},
	{"fn:mod", in{-7, 2}, "-1"},
	{"fn:mod", in{7, 0}, "7"},
	{"fn:mod", in{math.MinInt, -1}, "0"},
	{"fn:number:min", in{5}, "5"},
	{"fn:number:min", in{5, -1, 9}, "-1"},
	{"fn:number:max", in{5}, "5"},
	{"fn:number:max", in{5, -1, 9}, "9"},
}

var bitCases = []callCase{
	{"fn:bit:and", in{12, 10}, "8"},
	{"fn:bit:or", in{12, 10}, "14"},
	{"fn:bit:xor", in{12, 10}, "6"},
	{"fn:bit:not", in{0}, "-1"},
	{"fn:bit:shl", in{1, 31}, "2147483648"},
	{"fn:bit:shl", in{1, 63}, "-9223372036854775808"},
	{"fn:bit:shl", in{1, 64}, "0"},
	{"fn:bit:shl", in{1, -1}, "0"},
	{"fn:bit:shr", in{256, 4}, "16"},
	{"fn:bit:shr", in{-1, 60}, "15"},
	{"fn:bit:shr", in{-1, 64}, "0"},
	{"fn:bit:shr", in{-1, 0}, "-1"},
}

func TestIntegers(t *testing.T) { run(t, integerCases) }

func TestBits(t *testing.T) { run(t, bitCases) }
