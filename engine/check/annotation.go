package check

import (
	"fmt"
	"sort"

	"woven/engine/syntax"
)

// arguments says what an annotation takes.
type arguments uint8

const (
	noArguments arguments = iota
	oneText               // a reason, or the name of a relation or sink
	manyTexts             // one text or more
	optionalText
	anyArguments // read by a bridge
)

// knownAnnotations are those that the engine and the bridges read. Others are kept, because a
// bridge may know them, but one that is nearly a known one is a likely misspelling.
var knownAnnotations = map[string]arguments{
	"doc":         manyTexts,
	"extensional": noArguments,
	"output":      noArguments,
	"published":   noArguments,
	"singleton":   noArguments, // at most one row
	"cross":       optionalText,
	"bounded":     oneText, // why a recursion that computes comes to an end
	"feedback":    oneText,
	"allocator":   anyArguments,
	"components":  anyArguments,
	"key":         anyArguments,
	"owned":       anyArguments,
	"initial":     anyArguments,
	"kept":        anyArguments,
	"owned_keys":  anyArguments,
	"foreign":     anyArguments,
	"adopt":       anyArguments,
	"shared":      anyArguments,
	"plain":       noArguments, // its texts are compared by whoever takes its changes
	"conditional": noArguments, // the table's rows are asked for by conditions
}

// AnnotationStrings returns the texts among an annotation's arguments, in order.
func AnnotationStrings(a syntax.Annotation) []string {
	var out []string
	for _, t := range a.Args {
		if k, ok := t.(*syntax.Const); ok && k.Kind == syntax.StringConst {
			out = append(out, k.Str)
		}
	}
	return out
}

func (c *checker) checkAnnotations(d *syntax.Decl) {
	for _, a := range d.Descr {
		want, known := knownAnnotations[a.Name]
		if !known {
			if near := nearest(a.Name, annotationNames()); near != "" {
				c.warnAt(a.Pos, d, "unknown-annotation", "the annotation "+a.Name+" is not known",
					"did you mean "+near+"?")
			}
			continue
		}
		texts := len(AnnotationStrings(a))
		wrong := ""
		switch {
		case want == noArguments && len(a.Args) > 0:
			wrong = "no arguments"
		case want == oneText && (texts != 1 || len(a.Args) != 1):
			wrong = "one text"
		case want == optionalText && (texts != len(a.Args) || texts > 1):
			wrong = "at most one text"
		case want == manyTexts && (texts != len(a.Args) || texts == 0):
			wrong = "texts"
		}
		if wrong != "" {
			c.errorAt(a.Pos, d, "malformed-annotation", fmt.Sprintf("%s takes %s", a.Name, wrong), "")
		}
	}
}

func annotationNames() []string {
	var names []string
	for n := range knownAnnotations {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}
