package session_test

// Two small databases: what is wished for in In, and what is to be in Out.
const inSchema = `{"name": "In", "version": "1.0.0", "tables": {
  "Net": {"isRoot": true, "columns": {
    "name": {"type": "string"},
    "ports": {"type": {"key": {"type": "uuid", "refTable": "Port"}, "min": 0, "max": "unlimited"}},
    "cfg": {"type": "integer"}, "done": {"type": "integer"}}},
  "Port": {"columns": {
    "name": {"type": "string"},
    "number": {"type": {"key": "integer", "min": 0, "max": 1}},
    "tags": {"type": {"key": "string", "min": 0, "max": "unlimited"}},
    "notes": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}},
    "up": {"type": {"key": "boolean", "min": 0, "max": 1}}}}}}`

const outSchema = `{"name": "Out", "version": "1.0.0", "tables": {
  "Dp": {"isRoot": true, "indexes": [["key"]], "columns": {
    "key": {"type": {"key": {"type": "integer", "minInteger": 1, "maxInteger": 100000}}},
    "ids": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}}}},
  "Bind": {"isRoot": true, "indexes": [["name"]], "columns": {
    "name": {"type": "string"},
    "dp": {"type": {"key": {"type": "uuid", "refTable": "Dp"}}},
    "number": {"type": {"key": {"type": "integer", "minInteger": 0, "maxInteger": 100}}},
    "tags": {"type": {"key": "string", "min": 0, "max": "unlimited"}},
    "notes": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}},
    "up": {"type": {"key": "boolean", "min": 0, "max": 1}},
    "owner": {"type": {"key": "string", "min": 0, "max": 1}}}},
  "Group": {"isRoot": true, "columns": {
    "dp": {"type": {"key": {"type": "uuid", "refTable": "Dp"}}},
    "name": {"type": "string"},
    "members": {"type": {"key": {"type": "uuid", "refTable": "Bind", "refType": "weak"},
      "min": 0, "max": "unlimited"}},
    "leaf": {"type": {"key": {"type": "uuid", "refTable": "Leaf"}, "min": 0, "max": "unlimited"}}}},
  "Leaf": {"columns": {"text": {"type": "string"}}},
  "Other": {"isRoot": true, "columns": {"text": {"type": "string"}}},
  "Global": {"isRoot": true, "maxRows": 1, "columns": {
    "cfg": {"type": "integer"},
    "options": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}}}}}}`

// program copies In to Out: a Dp a net, a Bind a port, a Group a net with its ports.
const program = `
Decl table.out.Dp() descr [key("ids:net"), owned("key", "ids")].
Decl table.out.Bind() descr [key("name"), owned("dp", "number", "tags", "notes"), initial("up")].
Decl table.out.Group() descr [key("dp", "name"), owned("members", "leaf")].
Decl table.out.Leaf() descr [key("text")].
Decl table.out.Global() descr [key(), owned("cfg"), owned_keys("options", "a")].
Decl table.in.Port() descr [key("_uuid"), kept("up")].
Decl table.in.Net() descr [key("_uuid"), kept("done")].
Decl ask(Sink, Key, Value) descr [output()] bound [/string, /string, /number].
Decl acked(Sink, Key, Value, Time) descr [extensional()] bound [/string, /string, /number, /number].

Decl port(Net, Port) bound [/uuid, /uuid].
port(N, P) :- in.Net.ports(N, P), in.Port(P).

Decl dp_key(Pool, Owner, Number) descr [allocator("key_owner", "key_range", "key_wanted", "key_held")] bound [/string, /uuid, /number].
key_owner("dp", N) :- in.Net(N).
key_range("dp", 1, 100000).
Decl key_wanted(Pool, Owner, Number) bound [/string, /uuid, /number].
key_held("dp", N, K) :- in.Net(N), out.Dp.ids(Dp, "net", Text), :uuid(Text, N), out.Dp.key(Dp, K).

want.out.Dp(N) :- in.Net(N).
want.out.Dp.key(N, K) :- dp_key("dp", N, K).
want.out.Dp.ids(N, "net", fn:fmt("%s", N)) :- in.Net(N).
want.out.Dp.ids(N, "name", Name) :- in.Net.name(N, Name).

want.out.Bind(P) :- port(_, P).
want.out.Bind.name(P, Name) :- port(_, P), in.Port.name(P, Name).
want.out.Bind.dp(P, N) :- port(N, P).
want.out.Bind.number(P, K) :- port(_, P), in.Port.number(P, K).
want.out.Bind.tags(P, T) :- port(_, P), in.Port.tags(P, T).
want.out.Bind.notes(P, K, V) :- port(_, P), in.Port.notes(P, K, V).
want.out.Bind.up(P, /false) :- port(_, P).

Decl group(Net, Handle) bound [/uuid, /uuid].
group(N, fn:uuid("group", N)) :- port(N, _).
want.out.Group(G) :- group(_, G).
want.out.Group.dp(G, N) :- group(N, G).
want.out.Group.name(G, "all") :- group(_, G).
want.out.Group.members(G, P) :- group(N, G), port(N, P).
want.out.Group.leaf(G, fn:uuid("leaf", Name)) :- group(N, G), in.Net.name(N, Name).
want.out.Leaf(fn:uuid("leaf", Name)) :- in.Net.name(_, Name).
want.out.Leaf.text(fn:uuid("leaf", Name), Name) :- in.Net.name(_, Name).

want.out.Global(fn:uuid("global")).
want.out.Global.cfg(fn:uuid("global"), C) :- cfg(C).
want.out.Global.options(fn:uuid("global"), "a", "b").
Decl cfg(C) bound [/number].
cfg(C) :- in.Net.cfg(_, C0) |> do fn:group_by(), let C = fn:max(C0).
ask("out", "cfg", C) :- cfg(C).
want.in.Net.done(N, C) :- acked("out", "cfg", C, _), in.Net(N).

want.in.Port.up(P, /true) :- out.Bind.owner(B, "me"), out.Bind.name(B, Name), in.Port.name(P, Name).
`
