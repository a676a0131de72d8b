// Package engine keeps the conclusions of a program true while its base facts change. In go
// insertions and deletions of base facts, a transaction at a time; out come the exact net changes
// of every relation that is declared output() or published(). The work in between is in proportion
// to the facts that change.
//
// # The algebra
//
// A relation is a set of rows, and with every row goes the number of its derivations: the pairs of
// a rule and an assignment of the rule's variables that make it. A base fact has one while it is
// there. Only a row whose number leaves or reaches zero is a change that others see.
//
// A rule is a join of its literals, A ⋈ B ⋈ C, and a join is linear in each of them. So when all
// change at once, from old to new,
//
//	Δ(A ⋈ B ⋈ C) = ΔA ⋈ B old ⋈ C old  +  A new ⋈ ΔB ⋈ C old  +  A new ⋈ B new ⋈ ΔC
//
// and there is one plan for every literal that drives it with its changed rows, with a sign.
// Relations have their turns in an order in which nothing precedes what it depends on. Before its
// turn a relation shows its old rows, afterwards the new ones, which makes the formula come true
// by itself, whatever the order of the literals; only a relation that a rule reads twice has to be
// told apart by position (plan.go, viewOf). Mixed insertions and deletions need no separate passes.
//
// A negated literal looks at keys, the columns that it names: what drives it is not a row but a
// key that gets its first row or loses its last one, with the opposite sign. That is also what _
// under a negation means.
//
// Comparisons, functions and flattening predicates change with nothing; they are steps of plans.
//
// An aggregating rule is two: its body derives a relation of the engine's own, with a row for
// every assignment of the body's named variables, and each group of those rows has a state (a
// count, a sum, an ordered multiset) from which its one head row is made anew, once a transaction.
// Nothing is rescanned when the least member leaves. What depends on the order of addition, the
// sum of floating-point numbers, is summed from the ordered multiset, so that no history shows.
//
// In a recursive component numbers of derivations alone do not do: two rows may hold each other
// up. There every row has two, of derivations from outside of the component and of those from
// inside. Deletion takes out every row that lost a derivation and has none from outside, and with
// it the derivations that it is part of, until nothing is in doubt; what then still has a
// derivation has it from rows that stand, and is put back with what is new (DRed with counts: Hu,
// Motik, Horrocks, AAAI 2018). Both numbers are exact at every moment, so nothing is searched for
// to derive a row again. A component takes its rows one at a time, and literals before and after
// the driver see that one row as it is and as it was, as in the formula above.
//
// What rules cannot say an operator does: a relation whose rows an algorithm keeps. An allocator
// gives out numbers that must stay while others come and go; connected components are kept by
// their least member. An operator is told of its inputs' changes and changes its own relation.
//
// # The machinery
//
// Compiling a program, once:
//   - graph.go makes relations, places them in the order of work, and plans every rule;
//     grouping.go splits aggregating rules, operator.go places operators;
//   - rule.go lowers a clause to registers and literals; lazy.go decides which columns may hold
//     formatted texts as terms, because no rule compares them;
//   - plan.go makes a plan for a driver, choose.go orders its literals, explain_plan.go shows it.
//
// What is kept:
//   - rows.go, table.go, index.go: records of 32-bit words in chunks, hash tables of record
//     numbers in parts, and indexes whose keys are lists through the records; no Go pointers;
//   - relation.go: a set of rows with counts and flags, and how a transaction changes it;
//   - aggregation.go and ordered.go: the groups; allocator.go, grant.go and pool.go: numbers and
//     who has them; connected.go: connected components.
//
// Running:
//   - engine.go works through the order of turns; use.go drives plans with a relation's changes,
//     run.go runs a plan, bulk.go shares one with many rows among the processors, component.go is
//     the turn of a recursive component;
//   - txn.go is what callers do: commit, preview, roll back; changes.go what they get; facts.go
//     and query.go how they look at facts between transactions;
//   - load.go derives everything of a new program, replace.go and keep.go put it in the place of
//     another and keep the rows that mean the same; stats.go counts; fault.go plants mistakes, in
//     test builds alone, which the random programs have to find;
//   - why.go and why_made.go prove a fact on demand, with the same plans and nothing stored;
//     origin.go names the rule that a fact comes from.
//
// # What always holds
//
//   - A row's count is the number of its derivations; a row is visible between transactions
//     exactly if its counts are not zero. A record that is not visible then is free.
//   - In a transaction flags tell the old rows from the new ones: born, died, or neither. Rows
//     that died stay in the indexes until the transaction ends, and every touched row's counts of
//     before are noted, so that taking a transaction back costs what it did.
//   - A stored row holds its values in the relations.Store, once a column; a group's key and a
//     program's constants do too. Everything else that keeps values, such as the states of groups,
//     keeps those of rows that are stored. What is made and not stored is forgotten when the
//     transaction ends, and what is let go lives on for those who took a Hold before: Changes have
//     one until they are released.
//   - What a program concludes depends on its base facts alone, not on the way to them; allocators
//     excepted, whose numbers stay where they can.
//   - One goroutine uses an engine. Bulk work is shared, but rows are counted by one goroutine, and
//     a small change takes no lock.
//
// # Time
//
// No clock ticks here. A rule derives a timer, an ordinary output relation such as timer(Key,
// Deadline); whoever takes the changes waits until then and inserts expired(Key), an ordinary base
// relation.
//
// # What does not belong here
//
// Networks, databases, wire formats and clocks; parsing (engine/syntax) and checking
// (engine/check); functions (engine/function). A rule that is slow is made faster by its plan or by
// an operator that is of use to others too, never by a special case for one relation.
package engine
