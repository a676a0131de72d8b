package ovsdb

import "fmt"

// UUID is a row's identity, or a transaction's, in the byte order of its text form.
type UUID [16]byte

// uuidTextLength is the length of the only text form that OVSDB knows: 8-4-4-4-12 hex digits.
const uuidTextLength = 36

// ParseUUID reads the 36 character form "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"; hex digits of
// either case are accepted, any other form is an error.
func ParseUUID[T ~string | ~[]byte](text T) (UUID, error) {
	var u UUID
	if len(text) != uuidTextLength {
		return UUID{}, fmt.Errorf("%q is not a UUID: it has %d characters, not %d",
			abbreviate(string(text)), len(text), uuidTextLength)
	}
	var bad byte
	at := 0
	for i := range u {
		if at == 8 || at == 13 || at == 18 || at == 23 {
			if text[at] != '-' {
				return UUID{}, fmt.Errorf("%q is not a UUID: no '-' at position %d", string(text), at)
			}
			at++
		}
		high, low := hexValue[text[at]], hexValue[text[at+1]]
		bad |= high | low
		u[i] = high<<4 | low&0xf
		at += 2
	}
	if bad == notHex {
		return UUID{}, fmt.Errorf("%q is not a UUID: it has a character that is no hex digit", string(text))
	}
	return u, nil
}

// String is the text form that OVSDB uses, in lower case.
func (u UUID) String() string {
	text, _ := u.AppendText(make([]byte, 0, uuidTextLength))
	return string(text)
}

// AppendText appends the text form to b; the error is always nil.
func (u UUID) AppendText(b []byte) ([]byte, error) {
	const digits = "0123456789abcdef"
	for i, octet := range u {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			b = append(b, '-')
		}
		b = append(b, digits[octet>>4], digits[octet&0xf])
	}
	return b, nil
}

// IsZero reports whether the UUID is all zeros, which no row and no transaction has.
func (u UUID) IsZero() bool { return u == UUID{} }

// notHex marks a character that is no hex digit; its bits lie outside of a digit's four.
const notHex = 0xff

// hexValue maps a character to the value of the hex digit that it is, or to notHex.
var hexValue = func() (values [256]byte) {
	for i := range values {
		values[i] = notHex
	}
	for i := range byte(10) {
		values['0'+i] = i
	}
	for i := range byte(6) {
		values['a'+i] = 10 + i
		values['A'+i] = 10 + i
	}
	return values
}()

// abbreviate keeps an error message short when what it quotes came from elsewhere.
func abbreviate(text string) string {
	const limit = 80
	if len(text) <= limit {
		return text
	}
	return text[:limit] + "…"
}
