package ovsdb

import (
	"fmt"
	"strconv"
)

// Function compares a column with a value in a condition (RFC 7047 section 5.1).
type Function string

// The functions of conditions. On sets and maps, Includes and Excludes look for elements.
const (
	Equal        Function = "=="
	NotEqual     Function = "!="
	Less         Function = "<"
	LessEqual    Function = "<="
	Greater      Function = ">"
	GreaterEqual Function = ">="
	Includes     Function = "includes"
	Excludes     Function = "excludes"
)

// Condition selects rows. The conditions of an operation must all hold; of those of a monitored
// table, one must (ovsdb-server(7), "monitor_cond").
type Condition struct {
	Column   string // "_uuid" is the row itself; empty for Always and Never
	Function Function
	Value    Value
	never    bool
}

// Always is the condition that every row meets.
func Always() Condition { return Condition{} }

// Never is the condition that no row meets.
func Never() Condition { return Condition{never: true} }

// RowIs is the condition that only this row meets.
func RowIs(row UUID) Condition {
	return Condition{Column: "_uuid", Function: Equal, Value: Reference(row)}
}

// Check reports whether the condition can be sent: an error says what is wrong with its value, such
// as text that is no UTF-8.
func (c Condition) Check() error {
	_, err := appendConditions(nil, []Condition{c})
	return err
}

// appendConditions appends a "where" list.
func appendConditions(b []byte, conditions []Condition) (_ []byte, err error) {
	b = append(b, '[')
	for i := range conditions {
		condition := &conditions[i]
		b = appendComma(b, i)
		if condition.Column == "" {
			b = strconv.AppendBool(b, !condition.never)
			continue
		}
		b = append(b, '[')
		if b, err = appendText(b, condition.Column); err != nil {
			return b, err
		}
		if b, err = appendText(append(b, ','), string(condition.Function)); err != nil {
			return b, err
		}
		if b, err = condition.Value.append(append(b, ',')); err != nil {
			return b, fmt.Errorf("condition on column %s: %w", condition.Column, err)
		}
		b = append(b, ']')
	}
	return append(b, ']'), nil
}
