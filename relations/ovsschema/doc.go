// Package ovsschema turns the schema of an OVSDB database into relations: it reads the parts of
// an .ovsschema file that matter here, and writes the declarations in rules/schema/, which are
// the one place where woven keeps what it knows of a database's tables.
//
// What belongs here: tables, columns, their types, and how both are spelled as declarations.
// What does not: connections, rows, and which of the columns somebody uses.
package ovsschema
