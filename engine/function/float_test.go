package function

import (
	"math"
	"testing"
)

var floatCases = []callCase{
	{"fn:float:plus", in{1.5, 2.0}, "3.5"},
	{"fn:float:minus", in{1.5, 2.0}, "-0.5"},
	{"fn:float:mult", in{1.5, 2.0}, "3.0"},
	{"fn:float:div", in{1.0, 4.0}, "0.25"},
	{"fn:float:div", in{-1.0, 0.0}, "-Inf"},
	{"fn:float:div", in{0.0, 0.0}, "NaN"},
	{"fn:float:from_number", in{3}, "3.0"},
	{"fn:float:to_number", in{2.9}, "2"},
	{"fn:float:to_number", in{-2.9}, "-2"},
	{"fn:float:to_number", in{math.NaN()}, "0"},
	{"fn:float:to_number", in{1e300}, "9223372036854775807"},
	{"fn:float:to_number", in{-1e300}, "-9223372036854775808"},
	{"fn:float:to_number", in{math.Inf(1)}, "9223372036854775807"},
	{"fn:lt", in{math.NaN(), -1e300}, "/true"},
}

func TestFloats(t *testing.T) { run(t, floatCases) }
