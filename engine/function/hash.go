package function

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"woven/relations"
)

func addHash(r *Registry) {
	r.AddFunc(&Func{Name: "fn:hash", Params: types(anyType), Variadic: true, Result: number,
		Doc: "A number from 0 to 2^63-1 that depends on the types and values of all arguments, the " +
			"same in every process.",
		Compile: digestOf(func(s *relations.Store, d [32]byte) relations.Value {
			return s.Number(int64(binary.BigEndian.Uint64(d[:8]) >> 1))
		})})
}

// digestOf compiles a function of the SHA-256 of its arguments. Each is written as its kind, the
// length of its text and its text, so that no two lists of arguments are written alike.
func digestOf(result func(s *relations.Store, d [32]byte) relations.Value) func(*relations.Store,
	[]Arg) (Eval, error) {
	return func(_ *relations.Store, args []Arg) (Eval, error) {
		ts := make([]relations.Type, len(args))
		for i, a := range args {
			if a.Type.Kind == relations.Invalid {
				return nil, fmt.Errorf("the type of argument %d is not known", i+1)
			}
			ts[i] = a.Type
		}
		return func(s *relations.Store, args []relations.Value) relations.Value {
			var buf [256]byte
			b := buf[:0]
			for i, a := range args {
				start := len(b) + 5
				b = s.AppendText(append(b, byte(ts[i].Kind), 0, 0, 0, 0), ts[i], a)
				binary.BigEndian.PutUint32(b[start-4:], uint32(len(b)-start))
			}
			return result(s, sha256.Sum256(b))
		}, nil
	}
}
