# Relations that nobody derives or reads.

Decl unread(X) descr [extensional()] bound [/string]. # WARNING "1: nothing reads unread \\[dead-relation\\] read it"
Decl unused(X) bound [/string].           # WARNING "1: unused is declared and not used \\[unused-decl\\]"
Decl dead(X) bound [/string].             # WARNING "1: nothing reads dead \\[dead-relation\\] declare it with output"
Decl underived(X) bound [/string].
Decl shown(X) descr [published()] bound [/string].
Decl out(X) descr [output()] bound [/string].
dead("a").
lost("a").                                # WARNING "1: nothing reads lost \\[dead-relation\\]"
loop("a").                                # WARNING "1: nothing reads loop"
loop(X) :- loop(X).
shown("a").
out(X) :- underived(X).                   # WARNING "11: underived is always empty: no clause derives it \\[never-derived\\]"
