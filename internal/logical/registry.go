package logical

import (
	"woven/engine/function"
	"woven/internal/logical/action"
	"woven/internal/logical/match"
)

// Registry returns a new registry with everything that the rules of the controller may call:
// function.Default and the functions of matches and actions.
func Registry() *function.Registry {
	r := function.Default()
	for _, add := range []func(*function.Registry){match.Add, action.Add} {
		add(r)
	}
	return r
}
