package golden

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/rules"
)

// small is a program of its own, with an allocator, whose outcome depends on history.
const small = `
Decl nb.Guest(Row) descr [doc("A guest."), extensional(), table("DB")] bound [/uuid].
Decl nb.Guest.name(Row, V) descr [doc("n"), extensional(), column("scalar")] bound [/uuid, /string].
Decl nb.Guest.bag(Row, V) descr [doc("b"), extensional(), column("set")] bound [/uuid, /string].
Decl nb.Guest.age(Row, V) descr [doc("a"), extensional(), column("optional")] bound [/uuid, /number].
Decl nb.Guest.friend(Row, V)
  descr [doc("f"), extensional(), column("optional"), reference("Guest", "weak")] bound [/uuid, /uuid].
Decl nb.Guest.likes(Row, K, V)
  descr [doc("l"), extensional(), column("map")] bound [/uuid, /string, /string].
Decl seat(Pool, Guest, Number)
  descr [doc("s"), output(), allocator("asks", "room", "books", "holds")] bound [/name, /uuid, /number].
Decl asks(Pool, Guest) bound [/name, /uuid].
Decl room(Pool, Low, High) bound [/name, /number, /number].
Decl books(Pool, Guest, Number) bound [/name, /uuid, /number].
Decl holds(Pool, Guest, Number) bound [/name, /uuid, /number].
asks(/bus, Guest) :- nb.Guest(Guest).
room(/bus, 1, 9).
books(/bus, Guest, Age) :- nb.Guest.age(Guest, Age).
holds(/bus, Guest, 9) :- nb.Guest.bag(Guest, "nine").
Decl old(Guest) descr [doc("o"), output()] bound [/uuid].
old(Guest) :- nb.Guest.age(Guest, Age), 5 < Age.
old(Guest) :- nb.Guest.friend(Guest, Friend), nb.Guest.name(Friend, "old").
old(Guest) :- nb.Guest.likes(Guest, "music", "fado").
Decl closing() descr [doc("c"), extensional()] bound [].
Decl leaves(Guest) descr [doc("l"), output()] bound [/uuid].
leaves(Guest) :- nb.Guest(Guest), closing().
`

func smallProgram(t testing.TB) *Program {
	t.Helper()
	p, err := NewProgram([]rules.File{{Path: "bus/seat.mg", Text: []byte(small)}})
	require.NoError(t, err)
	return p
}

func runSmall(t *testing.T, text string) (*File, []Failure, error) {
	t.Helper()
	f, err := Parse("bus/seat.test", []byte(text))
	require.NoError(t, err)
	failures, err := smallProgram(t).Run(f)
	return f, failures, err
}

const twoGuests = `## Two guests.

apply
Guest ann { age: 6 }
Guest bob { friend: ann, bag: [a, b] }

facts seat expect=old#1 expect-not=old#2
----
bus ann 6
bus bob 1

facts nb.Guest.bag
----
bob a
bob b

apply
Guest bob { bag -= [a] }
Guest ann { name: old, age: [] }

delta facts old expect=old#2
----
- ann
+ bob

delta facts nb.Guest.bag
----
- bob a

apply
delete Guest ann

facts old
----
`

// An entry that is added to a map takes the place of the one with its key.
func TestAKeyOfAMapHasOneValue(t *testing.T) {
	_, failures, err := runSmall(t, `## Taste changes.

apply
Guest ann { likes: { music: fado, food: soup } }

apply
Guest ann { likes += { music: jazz } }

facts nb.Guest.likes
----
ann food soup
ann music jazz

apply
Guest ann { likes -= { food: soup } }

facts nb.Guest.likes
----
ann music jazz
`)
	require.NoError(t, err)
	require.Empty(t, failures)
}

func TestAFactNeedsNoArguments(t *testing.T) {
	_, failures, err := runSmall(t, `## All leave when the bus closes.

apply
Guest ann { }
closing()

facts leaves
----
ann

facts closing
----
()

apply
delete closing()

facts leaves
----
`)
	require.NoError(t, err)
	require.Empty(t, failures)
}

// History shows: what an allocator gave is kept, and a case has to say that it relies on it.
func TestACaseThatDependsOnHistoryHasToSaySo(t *testing.T) {
	_, failures, err := runSmall(t, twoGuests)
	require.NoError(t, err)
	require.NotEmpty(t, failures)
	require.Equal(t, undone, failures[0].Way)
	_, failures, err = runSmall(t, strings.Replace(twoGuests, "guests.", "guests. [history]", 1))
	require.NoError(t, err)
	require.Empty(t, failures)
}

func TestFromScratchIsCompared(t *testing.T) {
	_, failures, err := runSmall(t, `## Seats.

apply
Guest ann { }
Guest bob { }

apply
delete Guest ann

facts seat
----
bus bob 2
`)
	require.NoError(t, err)
	require.Len(t, failures, 1)
	require.Equal(t, fromScratch, failures[0].Way)
	require.Equal(t, "bus/seat.test:10: Seats. (from scratch)\n- bus bob 2\n+ bus bob 1",
		failures[0].String())
}

func TestExpectationsAreChecked(t *testing.T) {
	for expect, want := range map[string]string{
		"expect=old#2":                        "bus/seat.mg:old#2 has not fired",
		"expect=old#9":                        "there is no rule bus/seat.mg:old#9",
		"expect-not=old#1":                    "bus/seat.mg:old#1 has made old(",
		"expect=bus/seat.mg:old#1":            "",
		"expect=asks#1,room#1 expect-not=x#1": "there is no rule bus/seat.mg:x#1",
	} {
		_, failures, err := runSmall(t, "## Old.\n\napply\nGuest ann { age: 6 }\n\nfacts old "+expect+
			"\n----\nann\n")
		require.NoError(t, err)
		if want == "" {
			require.Empty(t, failures, expect)
			continue
		}
		require.Len(t, failures, 1, expect)
		require.Contains(t, failures[0].Text, want)
	}
}

func TestStatementsThatCannotBeDone(t *testing.T) {
	for statement, want := range map[string]string{
		"Gast ann { }":                  "there is no table Gast",
		"Guest ann { hat: 1 }":          "table nb.Guest has no column hat",
		"Guest ann { age: x }":          `"x" is no number`,
		"Guest ann { age: [1, 2] }":     "age has one value",
		"Guest ann { age += 1 }":        "age has one value",
		"Guest ann { bag: { a: b } }":   "bag is a set",
		"Guest ann { friend: nobody }":  "no row of the case is called nobody",
		"delete Guest ann":              "there is no row ann in nb.Guest",
		"seat(1, 2, 3)":                 "there is no extensional relation seat with 3 columns",
		"nb.Guest.age(\"ann\")":         "there is no extensional relation nb.Guest.age with 1 columns",
		"nb.Guest.age(\"ann\", fn:x())": "is no constant",
	} {
		_, _, err := runSmall(t, "## A.\n\napply\n"+statement+"\n")
		require.ErrorContains(t, err, want, statement)
		require.ErrorContains(t, err, "bus/seat.test:")
	}
}

func TestUpdateOnlyChangesWhatIsExpected(t *testing.T) {
	text := strings.Replace(twoGuests, "guests.", "guests. [history]", 1)
	wrong := strings.NewReplacer("bus ann 6\nbus bob 1\n", "", "- bob a\n", "- bob a\nmore\n").Replace(text)
	f, failures, err := runSmall(t, wrong)
	require.NoError(t, err)
	require.Len(t, failures, 2)
	require.Equal(t, text, string(f.Update(failures)))
}

func TestASuiteRunsAFolder(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(folder, "bus"), 0o755))
	target := filepath.Join(folder, "bus", "seat.test")
	text := "## One.\n\nfacts old\n----\n\n## Two.\n\nfacts old\n----\nann\n"
	require.NoError(t, os.WriteFile(target, []byte(text), 0o644))
	p := smallProgram(t)
	s := Suite{Program: p, Folder: folder, Daemon: "bus"}
	sum, err := s.Run()
	require.NoError(t, err)
	require.Equal(t, []int{1, 2, 1}, []int{sum.Files, sum.Cases, len(sum.Failures)})
	require.Empty(t, sum.Updated)
	s.Update = true
	sum, err = s.Run()
	require.NoError(t, err)
	require.Equal(t, []string{"bus/seat.test"}, sum.Updated)
	now, err := os.ReadFile(target)
	require.NoError(t, err)
	require.Equal(t, strings.Replace(text, "ann\n", "", 1), string(now))
	require.Contains(t, strings.Join(p.Uncovered(), "\n"), "bus/seat.mg:21:1 old#1")
}
