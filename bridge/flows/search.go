package flows

// manyItems is how much is sent at once while the switch refuses bundles again and again.
const manyItems = 1000

// search keeps bundles small while the switch refuses them, so that each refusal costs little, and
// finds what is refused if the switch does not say. The zero value sets no limit.
type search struct {
	limit    int // how many messages a flight has, about; 0 for any number
	refusals int // in a row
}

// isFull reports whether a flight has as much as it may.
func (r *search) isFull(f *flight) bool {
	return r.limit > 0 && f != nil && len(f.sent) >= r.limit
}

// learn takes in what became of a flight. The first refusal may be the only one: it changes nothing
// if it is known what was refused.
func (r *search) learn(f *flight) {
	switch {
	case f.refused == nil && f.isComplete:
		*r = search{}
	case f.refused == nil:
		r.limit *= 2
	case len(f.failures) == 0:
		r.refusals++
		r.limit = max(1, len(f.sent)/2)
	default:
		if r.refusals++; r.refusals > 1 && (r.limit == 0 || r.limit > manyItems) {
			r.limit = manyItems
		}
	}
}
