package ovsdb

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// decodeZoo decodes table updates of a zoo into a mirror.
func decodeZoo(text []byte, form updateForm) (*mirror, error) {
	schema, err := ParseSchema([]byte(zooSchema))
	if err != nil {
		return nil, err
	}
	sink := newMirror(zooTables)
	m := &monitor{database: "Zoo", requests: zooTables, sink: sink}
	m.useSchema(schema)
	l := &loop{}
	d := l.decoder(m, text, form)
	d.initial = true
	return sink, l.deliver(m, d, BatchSnapshot, UUID{}, false)
}

// updateTexts are updates of every form and type.
var updateTexts = []string{
	`{}`, `{"Cage":{}}`,
	`{"Cage":{"` + fakeRow + `":{"initial":{"size":-5}}}}`,
	`{"Animal":{"` + fakeRow + `":{"initial":{"name":"\ud83d\udc18 \"x\" \\","legs":9223372036854775807,` +
		`"weight":-0.25,"tame":true,"token":["uuid","` + fakeOther + `"],"nick":["set",[]],` +
		`"cage":["set",[["uuid","` + fakeOther + `"]]],"friends":["uuid","` + fakeOther + `"],` +
		`"scores":["set",[1,-2,0]],"foods":"set","notes":["map",[["a","b"],["","\n"]]],` +
		`"seen":["map",[[1,["uuid","` + fakeOther + `"]]]],"single":["map",[]],"kind":"cat"}},` +
		`"` + fakeOther + `":{"initial":{ }} } , "Cage" : { } }`,
	`{"Animal":{"` + fakeRow + `":{"initial":{"_version":["uuid","` + fakeOther + `"],"unknown":["map",[[1,{}]]]}}}}`,
}

// TestDecoding compares what is decoded with the standard library's reading.
func TestDecoding(t *testing.T) {
	for _, text := range updateTexts {
		sink, err := decodeZoo([]byte(text), formDiff)
		require.NoError(t, err, text)
		var plain map[string]map[string]struct{ Initial map[string]any }
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		require.NoError(t, decoder.Decode(&plain))
		found := sink.contents(t)
		for table, rows := range plain {
			require.Len(t, found[table], len(rows))
			for id, row := range rows {
				for column, value := range row.Initial {
					if spelled, known := found[table][id][column]; known {
						require.Equal(t, spell(plainDatum(value)), spelled)
					}
				}
			}
		}
	}
}

// TestMalformedUpdates gives each kind of malformed update an error that says where, and no End.
func TestMalformedUpdates(t *testing.T) {
	row := func(text string) string { return `{"Animal":{"` + fakeRow + `":` + text + `}}` }
	column := func(text string) string { return row(`{"initial":{` + text + `}}`) }
	cases := map[string]string{
		"table": `{"Plant":{}}`, "row": `{"Animal":{"x":{"initial":{}}}}`, "change": row(`{"created":{}}`),
		"two changes": row(`{"initial":{},"insert":{}}`), "no change": row(`{}`), "null": row(`null`),
		"array": `[]`, "trailing": `{} {}`, "missing comma": `{"Cage":{}"Animal":{}}`, "comma": `{"Cage":{},}`,
		"integer": column(`"legs":"4"`), "overflow": column(`"legs":9223372036854775808`),
		"fraction": column(`"legs":1.5`), "boolean": column(`"tame":1`), "text": column(`"name":1`),
		"uuid": column(`"token":"x"`), "short uuid": column(`"token":["uuid","x"]`),
		"named": column(`"token":["named-uuid","x"]`), "set of map": column(`"scores":["map",[]]`),
		"map of set": column(`"notes":["set",[]]`), "half pair": column(`"notes":["map",[["a"]]]`),
		"triple": column(`"notes":["map",[["a","b","c"]]]`), "set tail": column(`"scores":["set",[],1]`),
		"set of sets": column(`"scores":["set",[["set",[]]]]`), "hex": column(`"token":["uuid","g1111111-2222-3333-4444-555555555555"]`),
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			sink, err := decodeZoo([]byte(text), formDiff)
			require.ErrorContains(t, err, "malformed update of database Zoo: byte ")
			require.Equal(t, 1, sink.aborts)
		})
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, text := range updateTexts {
		for range 300 {
			broken := []byte(text)[:random.IntN(len(text))]
			_, err := decodeZoo(broken, formDiff)
			require.Error(t, err, "%s", broken)
		}
	}
}

// FuzzUpdates decodes anything without panic; what it accepts is valid.
func FuzzUpdates(f *testing.F) {
	for _, text := range updateTexts {
		f.Add([]byte(text), true)
		f.Add([]byte(strings.ReplaceAll(text, "initial", "new")), false)
		f.Add([]byte(strings.ReplaceAll(text, "initial", "modify")), true)
	}
	f.Fuzz(func(t *testing.T, text []byte, diff bool) {
		form := formOldNew
		if diff {
			form = formDiff
		}
		given := append([]byte(nil), text...)
		sink, err := decodeZoo(given, form)
		require.Equal(t, err != nil, sink.aborts == 1)
		if err != nil || strings.ContainsFunc(string(text), func(c rune) bool { return c < ' ' }) {
			return
		}
		require.True(t, json.Valid(text), "accepted: %q", text)
	})
}

// FuzzStream reads anything as a stream of messages without panic or endless loop.
func FuzzStream(f *testing.F) {
	f.Add([]byte(`{"id":1,"result":[false,"x",{}],"error":null}{"method":"echo","params":[],"id":"echo"}`))
	f.Add([]byte(`{"a":"\\\"","b":[{}],"id":{}}`))
	f.Fuzz(func(t *testing.T, stream []byte) {
		framer := newFramer(strings.NewReader(string(stream)))
		for {
			next, err := framer.next()
			if err != nil {
				return
			}
			opened, err := openEnvelope(next)
			if err == nil && opened.method != "" {
				require.Contains(t, string(stream), `"method"`)
			}
		}
	})
}
