package lex

import "strings"

// Substitute replaces the template variables (^name) of a text by the values that valueOf knows, and
// the others by their names, as the reference does (ovn-sb(5), Chassis_Template_Var). A text that does
// not split into tokens stays as it is: what is wrong with it is said where it is compiled.
func Substitute(text string, valueOf func(name string) (string, bool)) string {
	if !strings.Contains(text, "^") {
		return text
	}
	tokens, err := Scan(nil, text)
	if err != nil {
		return text
	}
	var b strings.Builder
	done := 0
	for i := range tokens {
		t := &tokens[i]
		if t.Kind != Template {
			continue
		}
		value, known := valueOf(t.Text)
		if !known {
			value = t.Text
		}
		b.WriteString(text[done:t.Start])
		b.WriteString(value)
		done = int(t.End)
	}
	return b.String() + text[done:]
}

// Templates visits the names of a text's template variables, as often as they occur.
func Templates(text string, visit func(name string)) {
	Substitute(text, func(name string) (string, bool) {
		visit(name)
		return "", false
	})
}
