// Package syntax reads .mg files into a tree that keeps positions, comments and the text of
// every clause. It wraps Mangle's parser and adds what its tree lacks; it decides nothing
// about meaning, which is the work of package check.
//
// # The language
//
// The language is Mangle's, without packages, temporal forms and inclusion constraints. There
// is one name space, and dots are part of names. A file holds declarations and clauses, each
// of which ends with a dot:
//
//	# A port is up if its switch is.
//	Decl port_up(Port) descr [doc("The port can pass frames."), output()] bound [/string].
//	port_up(Port) :- port_on(Port, Switch), !switch_down(Switch, _).
//
// A clause derives the facts of its head from the conditions of its body, whose order does not
// matter. A condition is
//   - an atom, relation(X, "text", _): a fact that fits. Named variables are bound by it, _
//     fits anything;
//   - a negated atom, !relation(X, _): no fact fits. Its named variables are bound elsewhere;
//   - a comparison with = or != on values of one type, or < <= > >= on numbers. An = whose one
//     side is an unbound variable binds it;
//   - a flattening predicate, :name(In, Out): each row that it yields for its inputs. Outputs
//     are bound, or tested if they have a value.
//
// Values are computed by functions, fn:name(X, Y), wherever an argument may stand. [A, B] is
// a list, [K : V] a map and {/field : V} a struct. Constants are "text" with the escapes
// \n \t \" \' \\ \xHH \u{HHHH}, also between single quotes or, over several lines, backquotes;
// 64-bit numbers; floats, which have a point; and names, /a/b, of which /true and /false are
// the booleans. Variables begin with an upper-case letter and have letters and digits only.
//
// Behind the body, |> let X = fn:f(Y) computes further values. |> do fn:group_by(K1, K2), let
// N = fn:count() aggregates: the distinct values of all named variables of the body are the
// rows, parted by the keys; a let with a reducer sees the rows of a group, a let with a
// function the keys and the lets before it, and the head uses keys and lets only. A group
// exists if it has a row.
//
// Types in a bound are /string /number /float64 /name /bool (a name) /uuid /mac /ip, .List<T>,
// .Map<K, V> and .Struct</field : T>. A relation without a bound gets its types from its
// clauses; package check lists the annotations of a Decl and what it asks of a program.
package syntax
