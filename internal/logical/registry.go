package logical

import (
	"woven/engine/function"
	"woven/internal/logical/action"
	"woven/internal/logical/match"
)

// Registry returns a new registry with everything that the rules of the controller may call:
// function.Default and the functions of matches and actions, and of the template variables in both.
func Registry() *function.Registry {
	r := function.Default()
	for _, add := range []func(*function.Registry){match.Add, action.Add, addTemplates} {
		add(r)
	}
	return r
}
