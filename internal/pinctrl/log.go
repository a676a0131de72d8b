package pinctrl

import (
	"bytes"
	"encoding/json"
	"errors"
)

// verdicts and severities are the words for what log sends along (lib/acl-log.h); the severities
// are those of syslog.
var (
	verdicts   = []string{"allow", "drop", "reject"}
	severities = map[byte]string{1: "alert", 4: "warning", 5: "notice", 6: "info", 7: "debug"}
)

// egressTable is the first OpenFlow table behind the ingress pipeline of a logical switch.
const egressTable = 42

var errNoVerdict = errors.New("log sends no verdict and severity")

// logPacket writes a line about a packet that an ACL decided on: the data are the verdict, the
// severity and the ACL's name, if it has one. The switch's meters limit how many there are.
func logPacket(r *request, e effects) error {
	if len(r.data) < 2 {
		return errNoVerdict
	}
	const unknownWord = "<unknown>"
	verdict, severity := unknownWord, unknownWord
	if v := int(r.data[0]); v < len(verdicts) {
		verdict = verdicts[v]
	}
	if word, ok := severities[r.data[1]]; ok {
		severity = word
	}
	direction := "to-lport"
	if r.in.Table < egressTable {
		direction = "from-lport"
	}
	line := append(make([]byte, 0, 400), "name="...)
	line = appendName(line, r.data[2:])
	line = append(append(line, ", verdict="...), verdict...)
	line = append(append(line, ", severity="...), severity...)
	line = append(append(line, ", direction="...), direction...)
	e.log(string(r.frame.appendText(append(line, ": "...))))
	return nil
}

// appendName appends the name of an ACL as a string of JSON.
func appendName(b, name []byte) []byte {
	if len(name) == 0 {
		name = []byte("<unnamed>")
	}
	var quoted bytes.Buffer
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	// A string has a form in JSON, and a buffer takes it.
	_ = encoder.Encode(string(name))
	return append(b, bytes.TrimSuffix(quoted.Bytes(), []byte("\n"))...)
}
