package action

// log(name="NAME", verdict=VERDICT, severity=SEVERITY, meter="METER"); logs the packet.

// logPacket has the controller write a line about the packet, for an ACL.
type logPacket struct {
	at                place
	name, meter       place // 0 for none
	verdict, severity byte
}

// The verdicts and severities as the controller gets them (lib/acl-log.h); severities are those of
// syslog.
var (
	verdicts   = map[string]byte{"allow": 0, "drop": 1, "reject": 2}
	severities = map[string]byte{"alert": 1, "warning": 4, "notice": 5, "info": 6, "debug": 7}
)

// maxLogName is how long the name can be, in bytes.
const maxLogName = 63

func analyseLog(c *call) operation {
	const form = `log(name="NAME", verdict=allow, severity=info, meter="METER")`
	o := logPacket{at: c.at, severity: severities["info"]}
	judged := false
	c.named(form, func(name string, at place, value *operand) {
		var known bool
		switch name {
		case "verdict":
			const words = "allow, drop or reject"
			o.verdict, known = verdicts[c.word(value, words)]
			c.mustBe(known, value, words)
			judged = true
		case "severity":
			const words = "alert, warning, notice, info or debug"
			o.severity, known = severities[c.word(value, words)]
			c.mustBe(known, value, words)
		case "name":
			o.name = c.quoted(value)
		case "meter":
			o.meter = c.quoted(value)
		default:
			c.fail(at, "the arguments are name, verdict, severity and meter: %s", form)
		}
	})
	if !judged {
		c.fail(c.at, "the verdict is missing: %s", form)
	}
	return o
}

// mustBe checks that one of some words was written.
func (c *call) mustBe(known bool, value *operand, words string) {
	if !known {
		c.fail(value.at(), "%s has to be written here", words)
	}
}

// Logging has a meter of its own, not the one for the flow's other packets to the controller.
func (o logPacket) encode(e *encoder) {
	var meter uint32
	if o.meter != 0 {
		meter, _ = e.number("meter", e.token(o.meter).Text)
	}
	data := []byte{o.verdict, o.severity}
	if o.name != 0 {
		name := e.token(o.name).Text
		if len(name) > maxLogName {
			e.fail(o.name, "the name has %d bytes, more than %d are not possible", len(name), maxLogName)
		}
		data = append(data, name...)
	}
	e.controller(o.at, opLog, data, false, meter)
}
