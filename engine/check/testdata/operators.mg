# Relations that an algorithm of the engine's keeps.

owner("pool", "a").
range("pool", 1, 9).
wanted("pool", "a", 5).
held("pool", "b", 6).
Decl key(P, O, N) descr [output(), allocator("owner", "range", "wanted", "held")].
Decl next(P, O, N) descr [output(), allocator("owner", "range", "wanted", "held", "after_max")].
Decl block(P, O, N) descr [output(), allocator("wanted", "range", "wanted", "held")].
Decl few(P, O, N) descr [output(), allocator("owner", "range")]. # ERROR "36: allocator takes the names of 4 relations \\[malformed-annotation\\] write allocator\\(the owners, the ranges" "1: nothing tells the type of P" "1: nothing tells the type of O"
Decl flag(P, O, N) descr [output(), allocator("owner", "range", "wanted", "held", "after")] bound [/string, /string, /number]. # ERROR "37: allocator takes the names of 4"
Decl none(P, O, N) descr [output(), allocator("owner", "rang", "wanted", "held")]. # ERROR "56: there is no relation rang \\[unknown-relation\\] did you mean range"
Decl two(P, O) descr [output(), allocator("owner", "range", "wanted", "held")]. # ERROR "33: two has 2 columns, here it needs 3 \\[operator-shape\\] its columns are Pool, Owner, Number" "type of P of two" "type of O of two"
Decl text(P, O, N) descr [output(), allocator("owner", "range", "wanted", "held")] bound [/string, /string, /string]. # ERROR "37: N of text is /string, here it has to be /number \\[operator-shape\\]"
Decl mixed(P, O, N) descr [output(), allocator("range", "range", "wanted", "held")]. # ERROR "66: C2 of wanted is /string, here it has to be /number" "76: C2 of held is /string"
edge("a", "b").
Decl zone(N, C) descr [output(), components("edge")].
Decl far(N, C) descr [output(), components("owner", "edge")] bound [/string, /string]. # ERROR "33: components takes the names of 1 relation \\[malformed"
Decl odd(N, C) descr [output(), components("wanted")] bound [/string, /string]. # ERROR "44: wanted has 3 columns, here it needs 2"
