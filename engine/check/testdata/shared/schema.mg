# Made by a tool: what is declared here may be unused and needs no doc.

Decl schema.name(X) descr [extensional()] bound [/string].
Decl schema.other(X) descr [extensional()] bound [/string].
Decl want.schema.name(X) bound [/string].
