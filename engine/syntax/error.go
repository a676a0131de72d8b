package syntax

// Error is a fault in the spelling of a file.
type Error struct {
	Pos     Pos
	Message string // what is wrong
	Hint    string // what to do about it; may be empty
}

// Error spells the fault as file:line:column: message, with the hint in brackets behind it.
func (e Error) Error() string {
	s := e.Pos.String() + ": " + e.Message
	if e.Hint != "" {
		s += " (" + e.Hint + ")"
	}
	return s
}
