package function

import (
	"fmt"
	"strings"

	"woven/relations"
)

// maxHoles is how many arguments a formatted text can keep.
const maxHoles = 15

func addFormat(r *Registry) {
	r.AddFunc(&Func{
		Name: "fn:fmt", Params: types(text, anyType), Variadic: true, Result: text,
		Doc: "The format, a constant, with its verbs replaced by the arguments in order: %s any " +
			"value as text, %d a number in decimal, %x a number in hexadecimal without 0x, %q a text " +
			"in double quotes, escaped as in OVN's matches and actions, %% a percent sign. " +
			"At most 15 arguments.",
		Compile: compileFormat,
	}, &Func{
		Name: "fn:text", Params: types(anyType), Result: text,
		Doc: "The value as text: what %s of fn:fmt writes.",
		Compile: func(s *relations.Store, args []Arg) (Eval, error) {
			if len(args) != 1 {
				return nil, fmt.Errorf("it takes one argument, not %d", len(args))
			}
			return compileConcat(s, args)
		},
	}, &Func{
		Name: "fn:string:concat", Params: types(anyType), Variadic: true, Result: text,
		Doc: "The texts of the arguments one after the other. At most 15 arguments; " +
			"fn:list:join has no limit.",
		Compile: compileConcat,
	})
}

func compileFormat(s *relations.Store, args []Arg) (Eval, error) {
	if len(args) == 0 || !args[0].Const || args[0].Type.Kind != relations.String {
		return nil, fmt.Errorf("the first argument must be a text constant, the format")
	}
	f, err := parseFormat(s.TextOf(args[0].Value))
	if err != nil {
		return nil, err
	}
	given := args[1:]
	if len(given) != len(f.Verbs) {
		return nil, fmt.Errorf("the format has %s but %s given; write %%%% for a percent sign",
			plural(len(f.Verbs), "verb"), plural(len(given), "argument is", "arguments are"))
	}
	for i, verb := range f.Verbs {
		if err := checkVerb(verb, given[i].Type); err != nil {
			return nil, fmt.Errorf("argument %d of the format: %w", i+1, err)
		}
		f.Types = append(f.Types, given[i].Type)
	}
	return compileTerm(s, f, 1)
}

// compileTerm makes terms of a format from the arguments that follow the first skip ones.
func compileTerm(s *relations.Store, f relations.Format, skip int) (Eval, error) {
	if len(f.Verbs) == 0 {
		return func(s *relations.Store, _ []relations.Value) relations.Value {
			return s.String(f.Pieces[0])
		}, nil
	}
	id, ok := s.RegisterFormat(f)
	if !ok {
		return nil, fmt.Errorf("%d arguments are too many, at most %d are possible; format a part "+
			"first and use it as one %%s", len(f.Verbs), maxHoles)
	}
	return func(s *relations.Store, args []relations.Value) relations.Value {
		return s.Term(id, args[skip:])
	}, nil
}

func compileConcat(s *relations.Store, args []Arg) (Eval, error) {
	f := relations.Format{Pieces: make([]string, len(args)+1)}
	for i, a := range args {
		if err := checkVerb(relations.VerbText, a.Type); err != nil {
			return nil, fmt.Errorf("argument %d: %w", i+1, err)
		}
		f.Verbs, f.Types = append(f.Verbs, relations.VerbText), append(f.Types, a.Type)
	}
	return compileTerm(s, f, 0)
}

// parseFormat splits a format at its verbs; the types of the arguments are not known yet.
func parseFormat(format string) (f relations.Format, err error) {
	var piece strings.Builder
	for i := 0; i < len(format); i++ {
		c := format[i]
		if c != '%' {
			piece.WriteByte(c)
			continue
		}
		if i++; i == len(format) {
			return f, fmt.Errorf("the format ends in a single %%; write %%%% for a percent sign")
		}
		switch verb := relations.Verb(format[i]); verb {
		case '%':
			piece.WriteByte('%')
		case relations.VerbText, relations.VerbQuote, relations.VerbInt, relations.VerbHex:
			f.Pieces, f.Verbs = append(f.Pieces, piece.String()), append(f.Verbs, verb)
			piece.Reset()
		default:
			return f, fmt.Errorf("%q in the format is no verb; there are %%s %%d %%q %%x, and %%%% "+
				"for a percent sign", "%"+string([]rune(format[i:])[0]))
		}
	}
	f.Pieces = append(f.Pieces, piece.String())
	return f, nil
}

// checkVerb says why a verb cannot write a value of a type.
func checkVerb(v relations.Verb, t relations.Type) error {
	switch k := t.Kind; v {
	case relations.VerbInt, relations.VerbHex:
		if k != relations.Number {
			return fmt.Errorf("%%%c writes a /number, not a %s; use %%s", v, t)
		}
	case relations.VerbQuote:
		if k != relations.String {
			return fmt.Errorf("%%q quotes a /string, not a %s; use %%s, or fn:text first", t)
		}
	default:
		if k == relations.List || k == relations.Map || k == relations.Struct {
			return fmt.Errorf("a %s has no text; take it apart, or join a list with fn:list:join", t)
		}
	}
	return nil
}

// plural counts things in words: the noun gets an s, unless its plural is given.
func plural(n int, noun ...string) string {
	if n == 1 {
		return "1 " + noun[0]
	}
	return fmt.Sprintf("%d %s", n, append(noun, noun[0]+"s")[1])
}
