package vlog

import (
	"fmt"
	"strings"
	"time"
)

// layouts are the conversions of strftime(3), in the C locale, that Go's time can lay out.
var layouts = map[byte]string{
	'a': "Mon", 'A': "Monday", 'b': "Jan", 'B': "January", 'h': "Jan",
	'c': "Mon Jan _2 15:04:05 2006", 'd': "02", 'D': "01/02/06", 'e': "_2", 'F': "2006-01-02",
	'H': "15", 'I': "03", 'j': "002", 'm': "01", 'M': "04", 'p': "PM", 'r': "03:04:05 PM",
	'R': "15:04", 'S': "05", 'T': "15:04:05", 'x': "01/02/06", 'X': "15:04:05", 'y': "06",
	'Y': "2006", 'z': "-0700", 'Z': "MST",
}

// strftime formats a time as strftime(3) does; in addition, a run of # stands for fractions of a
// second, of which the C daemons know three digits and write zeros for the rest.
func strftime(template string, at time.Time) string {
	var b strings.Builder
	digits := fmt.Sprintf("%03d", at.Nanosecond()/int(time.Millisecond))
	run := 0
	for i := 0; i < len(template); i++ {
		c := template[i]
		if c == '#' {
			if run < len(digits) {
				b.WriteByte(digits[run])
			} else {
				b.WriteByte('0')
			}
			run++
			continue
		}
		run = 0
		if c != '%' || i+1 == len(template) {
			b.WriteByte(c)
			continue
		}
		i++
		b.WriteString(conversion(template[i], at))
	}
	return b.String()
}

// conversion is the text of one conversion; one that is not known is written as it is.
func conversion(c byte, at time.Time) string {
	if layout, known := layouts[c]; known {
		return at.Format(layout)
	}
	switch c {
	case '%':
		return "%"
	case 'n':
		return "\n"
	case 't':
		return "\t"
	case 's':
		return fmt.Sprint(at.Unix())
	}
	return string([]byte{'%', c})
}
