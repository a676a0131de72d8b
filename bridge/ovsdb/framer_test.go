package ovsdb

import (
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// pieces returns what it has in pieces of random lengths.
type pieces struct {
	text   string
	random *rand.Rand
	most   int
}

func (p *pieces) Read(into []byte) (int, error) {
	if p.text == "" {
		return 0, io.EOF
	}
	n := min(len(into), len(p.text), 1+p.random.IntN(p.most))
	copy(into, p.text[:n])
	p.text = p.text[n:]
	return n, nil
}

// TestFraming cuts a stream that arrives in pieces of any length into its messages, also where a
// piece ends within an escape, and knows where their nested members are.
func TestFraming(t *testing.T) {
	random := seeded(t)
	messages := []string{
		`{}`, `{"a":[]}`, `{"a":{"b":[{}]},"c":"}]{[","d":[["x"]]}`,
		`{"quote":"\"","backslashes":"\\\\","both":"\\\"{","end":"\\"}`,
		`{"long":"` + strings.Repeat(`\\\"{`, 40_000) + `"}`, `{ "space" : [ 1 , 2 ] }`,
	}
	for range 60 {
		var expected []string
		stream := ""
		for range 20 {
			message := messages[random.IntN(len(messages))]
			expected = append(expected, message)
			stream += []string{"", "\n", " \t\r\n"}[random.IntN(3)] + message
		}
		most := []int{1, 7, 5000, 1 << 20}[random.IntN(4)]
		if most < 100 && len(stream) > 100_000 {
			most = 3000
		}
		framer := newFramer(&pieces{text: stream, random: random, most: most})
		for _, message := range expected {
			found, err := framer.next()
			require.NoError(t, err)
			require.Equal(t, message, string(found.bytes))
			var members map[string]json.RawMessage
			require.NoError(t, json.Unmarshal(found.bytes, &members))
			count := 0
			for _, member := range members {
				if member[0] == '{' || member[0] == '[' {
					count++
				}
			}
			require.Len(t, found.members, count)
		}
		_, err := framer.next()
		require.ErrorIs(t, err, io.EOF)
	}
}

// TestFramingErrors gives each kind of broken stream an error.
func TestFramingErrors(t *testing.T) {
	cases := map[string]string{
		"garbage":      "HTTP/1.1 400 Bad Request",
		"text":         `"text"`,
		"closing":      `}`,
		"array":        `[]`,
		"unended":      `{"a":"`,
		"levels":       `{"a":` + strings.Repeat("[", 100),
		"size":         `{"a":"` + strings.Repeat("x", 1<<20),
		"no more data": `{`,
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			framer := newFramer(strings.NewReader(text))
			framer.limit = 200 << 10
			_, err := framer.next()
			require.Error(t, err)
			require.False(t, errors.Is(err, io.EOF))
		})
	}
	_, err := newFramer(iotest.ErrReader(io.ErrClosedPipe)).next()
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

// TestFramerMemory gives the memory of a large message back.
func TestFramerMemory(t *testing.T) {
	large := `{"a":"` + strings.Repeat("x", 4<<20) + `"}`
	framer := newFramer(strings.NewReader(large + `{"b":1}`))
	message, err := framer.next()
	require.NoError(t, err)
	require.Equal(t, large, string(message.bytes))
	message, err = framer.next()
	require.NoError(t, err)
	require.Equal(t, `{"b":1}`, string(message.bytes))
	_, err = framer.next()
	require.ErrorIs(t, err, io.EOF)
	require.LessOrEqual(t, len(framer.buffer), keptBuffer)
}
