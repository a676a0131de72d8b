# Declarations and annotations.

Decl a(X) descr [extensional(), output()]. # ERROR "1: nothing tells the types of a's columns \\[missing-bound\\]"
Decl b(X) descr [output()] bound [/strin]. # ERROR "35: /strin is not a type \\[unknown-type\\] did you mean /string"
Decl c(X) descr [output()] bound [/any].  # ERROR "35: /any is not a type .*types are"
Decl d(X) descr [output()] bound [.List</string, /name>]. # ERROR "35: .List</string, /name> is not a type .*composite types are"
Decl e(X) descr [output()] bound [.Pair</string, /name>]. # ERROR "35: .Pair</string, /name> is not a type"
Decl f(X) descr [output()] bound [.Struct</a : /string, /a : /name>]. # ERROR "35: the field /a is there twice \\[unknown-type\\]"
Decl g(X, Y) descr [output()] bound [/string, /name] bound [/string, /number]. # ERROR "70: column Y is /number here and /name above \\[bounds-differ\\]"
Decl h(X) descr [output()] bound [/bool] bound [/name].
Decl i(X) descr [extensional(1), output()] bound [/name]. # ERROR "18: extensional takes no arguments \\[malformed-annotation\\]"
Decl j(X) descr [output(), feedback()] bound [/name].     # ERROR "28: feedback takes one text"
Decl k(X) descr [output(), doc()] bound [/name].          # ERROR "28: doc takes texts"
Decl l(X) descr [output(), cross("a", "b")] bound [/name]. # ERROR "28: cross takes at most one text"
Decl m(X) descr [output(), pubished(), color("red")] bound [/name]. # WARNING "28: the annotation pubished is not known \\[unknown-annotation\\] did you mean published"
Decl table.db.T() descr [output(), condtional(), shred("c")]. # WARNING "36: the annotation condtional is not known \\[unknown-annotation\\] did you mean conditional" "50: the annotation shred is not known \\[unknown-annotation\\] did you mean shared"
Decl table.db.U() descr [output(), conditional(1), shared("c")]. # ERROR "36: conditional takes no arguments"
Decl n(C1, C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13, C14, C15, C16, C17, C18, C19, C20, C21, C22, C23, C24, C25, C26, C27, C28, C29, C30, C31, C32, C33) descr [output()]. # ERROR "1: n has 33 columns \\[too-many-columns\\] .*at most 32" "nothing tells the type of C1 " "type of C2 " "type of C3 " "type of C4 " "type of C5 " "type of C6 " "type of C7 " "type of C8 " "type of C9 " "type of C10 " "type of C11 " "type of C12 " "type of C13 " "type of C14 " "type of C15 " "type of C16 " "type of C17 " "type of C18 " "type of C19 " "type of C20 " "type of C21 " "type of C22 " "type of C23 " "type of C24 " "type of C25 " "type of C26 " "type of C27 " "type of C28 " "type of C29 " "type of C30 " "type of C31 " "type of C32 " "type of C33 "
wide(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33). # ERROR "1: wide has 33 columns \\[too-many-columns\\]" # WARNING "nothing reads wide"
