package match

import (
	"woven/internal/logical/lex"
	"woven/internal/logical/symbol"
)

// templateError is what is wrong with an expression, whatever its constants are.
type templateError struct {
	item int // of the text
	why  string
}

// explain says what should stand in place of an item that the grammar does not allow.
func explain(r *reading, at int) *templateError {
	items := r.items
	at = min(at, len(items)-1)
	for i, it := range items[:at] {
		// A name that nothing has is the likelier mistake than what follows it.
		name := r.tokens[it.token].Text
		if it.kind == lex.Identifier && items[i+1].kind != lex.LeftParen && symbol.Lookup(name) == nil {
			return &templateError{i, unknownName(name)}
		}
	}
	before, here := lex.End, items[at].kind
	if at > 0 {
		before = items[at-1].kind
	}
	if (here == lex.And || here == lex.Or) && !startsOperand(before) && !mixed(items[:at], here) {
		// The operator is as it should be, but for what stands behind it.
		at++
		before, here = here, items[at].kind
	}
	return &templateError{at, advice(items[:at], before, here)}
}

func unknownName(name string) string {
	return "there is no field or predicate " + name + "; names of ports stand in double quotes"
}

// mixed says whether the last operator between the same parentheses is another one than op.
func mixed(items []item, op itemKind) bool {
	depth := 0
	for i := len(items) - 1; i >= 0 && depth >= 0; i-- {
		switch k := items[i].kind; {
		case k == lex.RightParen:
			depth++
		case k == lex.LeftParen:
			depth--
		case depth == 0 && (k == lex.And || k == lex.Or):
			return k != op
		}
	}
	return false
}

// advice is what to write in place of the item here, behind the item before.
func advice(items []item, before, here itemKind) string {
	switch {
	case here == lex.Assign || here == lex.Equal && before == lex.Assign:
		return "write == to compare, = is for actions"
	case here == lex.Template:
		return "this template variable has not been replaced by a value"
	case before == lex.Not && here == lex.Not:
		return "a second ! is not allowed: leave both out"
	case before.IsRelation() && isOperandStart(here) && isConstantItem(items, len(items)-2):
		return "a field has to stand here, because a constant stands before the operator"
	case before.IsRelation():
		return "a constant has to stand here: a number, an address, the name of a port in double " +
			"quotes, $set, @group, or several of these in braces"
	case before == lex.LeftParen && len(items) > 1 && items[len(items)-2].kind == lex.Identifier:
		return "the name of a port in double quotes has to stand here"
	case before == lex.LeftBracket || before == lex.Ellipsis:
		return "the number of a bit has to stand here"
	case before == bits:
		return "the part of a field is written field[3] or field[0..7]"
	case startsOperand(before):
		return "a comparison, a field, a predicate, ! or ( has to stand here"
	case here == lex.And || here == lex.Or:
		return "&& and || need parentheses when used together: write (a && b) || c, or a && (b || c)"
	case here == lex.End:
		return closing(items)
	case here == lex.LeftBracket:
		return "only a field has bits to choose from"
	case here == lex.RightParen:
		return "this ) closes no ("
	case here.IsRelation():
		return "a field is compared once, or as in 1 < field < 5: join comparisons by && or ||"
	}
	return "&& or || has to stand before this, or the expression has to end"
}

// closing says what is missing at the end of an expression.
func closing(items []item) string {
	open := 0
	for _, it := range items {
		if it.kind == lex.LeftParen {
			open++
		} else if it.kind == lex.RightParen {
			open--
		}
	}
	if open > 0 {
		return "a ) is missing"
	}
	return "a comparison operator and a field have to follow the constant"
}

// startsOperand says whether an operand has to follow the item, the start of the text included.
func startsOperand(k itemKind) bool {
	return k == lex.End || k == lex.And || k == lex.Or || k == lex.Not || k == lex.LeftParen
}

func isOperandStart(k itemKind) bool {
	return k == lex.String || k >= constant && k != bits
}

func isConstantItem(items []item, i int) bool { return i >= 0 && items[i].slot >= 0 }
