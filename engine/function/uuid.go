package function

import (
	"encoding/binary"

	"woven/relations"
)

func addUUID(r *Registry) {
	r.AddFunc(
		&Func{Name: "fn:uuid", Params: types(anyType), Variadic: true, Result: uuid,
			Doc: "A uuid that depends on the types and values of all arguments, the same in every process: " +
				"the start of their SHA-256, marked as version 8 (RFC 9562).",
			Compile: digestOf(func(s *relations.Store, d [32]byte) relations.Value {
				u := [16]byte(d[:16])
				u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80
				return s.UUID(u)
			})},
		&Func{Name: "fn:uuid:nil", Result: uuid, Doc: "The uuid that is all zero, which no row has.",
			Eval: func(s *relations.Store, _ []relations.Value) relations.Value {
				return s.UUID([16]byte{})
			}},
		&Func{Name: "fn:uuid:first32", Params: types(uuid), Result: number,
			Doc: "The first 32 bits of the uuid as a number; a logical flow's cookie is made so.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				u := s.UUIDOf(args[0])
				return s.Number(int64(binary.BigEndian.Uint32(u[:4])))
			}})
	r.AddPredicate(
		&Predicate{Name: ":uuid", In: columns(column("Text", text)), Out: columns(column("Uuid", uuid)),
			Doc: "The uuid that the whole text spells in its 36-character form; nothing if it spells none.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				var buf scratch
				if u, ok := relations.ParseUUID(buf.text(s, in[0])); ok {
					emit([]relations.Value{s.UUID(u)})
				}
			}},
		whyNot(":uuid_error", "Why :uuid yields nothing for the text.", func(b []byte) string {
			if _, ok := relations.ParseUUID(b); ok {
				return ""
			}
			return "a uuid in its form of 36 characters is expected, such as " +
				"01234567-89ab-cdef-0123-456789abcdef"
		}))
}
