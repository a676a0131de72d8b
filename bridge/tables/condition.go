package tables

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"woven/bridge/ovsdb"
	"woven/engine/check"
	"woven/relations"
	"woven/relations/ovsschema"
)

// Conditional lists the tables whose declaration says conditional(), sorted. Requests asks for none
// of their rows: which ones are wanted is said by conditions.
func (d *Database) Conditional() (names []string) {
	for _, t := range d.tables {
		if t.conditional {
			names = append(names, t.name)
		}
	}
	return names
}

// readConditional finds out whether a table's rows are asked for by conditions.
func (d *Database) readConditional(t *table) {
	if r := d.program.Relations["table."+d.Prefix+"."+t.name]; r != nil && r.Decl != nil {
		_, t.conditional = r.Annotation("conditional")
	}
}

// Condition turns what rules say of the rows they want into a monitor condition. The function is
// "==", "!=", "includes" or "excludes", or "true" with an empty column and value for all rows. The
// value is the text of one element of the column: a number, true or false, a uuid, or key=value for
// a map, of which the first = ends the key. An empty value is the empty text where the column holds
// texts, and stands for a column without any element in a comparison by "==" or "!=". The column
// "_uuid" is the row itself. Whatever the schema does not allow is an error that says what would
// do.
func (d *Database) Condition(table, column, function, value string) (ovsdb.Condition, error) {
	var none ovsdb.Condition
	if t := d.byName[table]; t == nil || !t.conditional {
		return none, fmt.Errorf("table %s is not declared conditional() in table.%s.%s", table,
			d.Prefix, table)
	}
	if function == "true" {
		if column != "" || value != "" {
			return none, fmt.Errorf(`table %s: "true" wants all rows, and takes no column and no value`,
				table)
		}
		return ovsdb.Always(), nil
	}
	condition := ovsdb.Condition{Column: column, Function: ovsdb.Function(function)}
	switch condition.Function {
	case ovsdb.Equal, ovsdb.NotEqual, ovsdb.Includes, ovsdb.Excludes:
	default:
		return none, fmt.Errorf(`table %s: a condition is "==", "!=", "includes", "excludes" or `+
			`"true", not %q`, table, function)
	}
	c, err := d.columnOf(table, column)
	if err != nil {
		return none, err
	}
	if condition.Value, err = c.parseValue(condition.Function, value); err == nil {
		err = condition.Check()
	}
	if err != nil {
		return none, fmt.Errorf("table %s, column %s: %w", table, column, err)
	}
	return condition, nil
}

// columnOf describes a column, also one that nobody reads.
func (d *Database) columnOf(table, name string) (*column, error) {
	c := &column{Column: ovsschema.Column{Name: name}}
	if name == "_uuid" {
		c.Key.Kind, c.Min, c.Max = relations.UUID, 1, 1
		return c, nil
	}
	var r *check.Relation
	if name != "" {
		r = d.program.Relations[d.Prefix+"."+table+"."+name]
	}
	if r != nil {
		if shape, ok := r.Annotation("column"); ok {
			c.describe(r, shape)
			return c, nil
		}
	}
	return nil, fmt.Errorf("table %s has no column %q", table, name)
}

// parseValue reads what a column is compared with.
func (c *column) parseValue(function ovsdb.Function, text string) (ovsdb.Value, error) {
	switch {
	case text == "" && (c.isMap() || c.Key.Kind != relations.String):
		return c.noElement(function)
	case !c.isMap():
		return parseAtom(c.Key.Kind, text)
	}
	left, right, ok := strings.Cut(text, "=")
	if !ok {
		return ovsdb.Value{}, fmt.Errorf("it is a map, and %q is not key=value", text)
	}
	key, err := parseAtom(c.Key.Kind, left)
	if err != nil {
		return key, err
	}
	value, err := parseAtom(c.Value.Kind, right)
	return ovsdb.Map(ovsdb.Pair{Key: key, Value: value}), err
}

// noElement is the value of a column without any element.
func (c *column) noElement(function ovsdb.Function) (ovsdb.Value, error) {
	switch {
	case c.Min > 0:
		return ovsdb.Value{}, fmt.Errorf("it is never empty, so it cannot be compared with nothing")
	case function != ovsdb.Equal && function != ovsdb.NotEqual:
		return ovsdb.Value{}, fmt.Errorf(`%q needs an element; "==" with nothing finds empty ones`,
			function)
	case c.isMap():
		return ovsdb.Map(), nil
	}
	return ovsdb.Set(), nil
}

// parseAtom reads the text of one element.
func parseAtom(kind relations.Kind, text string) (ovsdb.Value, error) {
	switch kind {
	case relations.Number:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return ovsdb.Integer(n), nil
		}
		return ovsdb.Value{}, fmt.Errorf("%q is no integer of 64 bits", text)
	case relations.Float:
		if x, err := strconv.ParseFloat(text, 64); err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) {
			return ovsdb.Real(x), nil
		}
		return ovsdb.Value{}, fmt.Errorf("%q is no real number", text)
	case relations.Name:
		if text == "true" || text == "false" {
			return ovsdb.Boolean(text == "true"), nil
		}
		return ovsdb.Value{}, fmt.Errorf("%q is neither true nor false", text)
	case relations.UUID:
		if u, ok := relations.ParseUUID(text); ok {
			return ovsdb.Reference(u), nil
		}
		return ovsdb.Value{}, fmt.Errorf("%q is no uuid", text)
	}
	return ovsdb.String(text), nil
}
