package naive

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"woven/relations"
)

// claim is an owner's need of numbers from a pool.
type claim struct {
	pool, owner Datum
	size        int64 // how many numbers in a row
	first       int64
	granted     bool
}

func (c *claim) key() string { return Row{c.pool, c.owner}.String() }

// allocate gives every owner its numbers. All that is requested is given first, then what the
// database holds, then what the owner had before if it needs as many; whoever is left gets the
// lowest free numbers. At each of these steps the owners have their turn in order. An owner whose numbers
// are not free, or not in the pool's range, goes on to the next step, and may end with none.
// With the policy after_max the last step first tries the numbers behind the greatest in use.
func (r *run) allocate(o *operator, before Result) ([]Row, error) {
	owners, ranges, wanted, held := o.inputs[0], o.inputs[1], o.inputs[2], o.inputs[3]
	claims := r.claims(owners)
	pools := map[string]*pool{}
	for _, row := range r.facts[ranges].rows {
		p := &pool{lowest: r.int(row[1]), highest: r.int(row[2]), used: map[int64]bool{}}
		// Of several ranges the one with the least ends counts.
		if old := pools[row[0].text]; old == nil || p.lowest < old.lowest ||
			p.lowest == old.lowest && p.highest < old.highest {
			pools[row[0].text] = p
		}
	}
	claims = slices.DeleteFunc(claims, func(c *claim) bool { return pools[c.pool.text] == nil })
	own, sizes := had(before[o.head]), r.sizes(owners, before[owners])
	for _, c := range claims {
		if sizes[c.key()] != c.size {
			delete(own, c.key())
		}
	}
	for _, wish := range []map[string]int64{r.wishes(wanted), r.wishes(held), own} {
		for _, c := range claims {
			if n, ok := wish[c.key()]; ok && !c.granted {
				c.take(n, pools[c.pool.text])
			}
		}
	}
	var rows []Row
	for _, c := range claims {
		p := pools[c.pool.text]
		if o.afterMax && !c.granted && len(p.used) > 0 {
			c.take(slices.Max(slices.Collect(maps.Keys(p.used)))+1, p)
		}
		// The lowest free run begins at the pool's end or behind a number in use.
		starts := []int64{p.lowest}
		for n := range p.used {
			starts = append(starts, n+1)
		}
		slices.Sort(starts)
		for _, n := range starts {
			if !c.granted {
				c.take(n, p)
			}
		}
		if c.granted {
			number := NewDatum(r.store, relations.T(relations.Number), r.store.Number(c.first))
			rows = append(rows, Row{c.pool, c.owner, number})
		}
	}
	return rows, nil
}

// pool is the numbers that there are, and those that have been given.
type pool struct {
	lowest, highest int64
	used            map[int64]bool
}

// largestBlock is the most numbers in a row that an owner may have.
const largestBlock = 1 << 16

// take grants the numbers from n on if the pool has all of them and none is used.
func (c *claim) take(n int64, p *pool) {
	if c.size > largestBlock || n < p.lowest || n+c.size-1 > p.highest {
		return
	}
	for i := n; i < n+c.size; i++ {
		if p.used[i] {
			return
		}
	}
	for i := n; i < n+c.size; i++ {
		p.used[i] = true
	}
	c.first, c.granted = n, true
}

// claims returns the owners that need a number, in order. Of several sizes the greatest counts.
func (r *run) claims(owners string) []*claim {
	var claims []*claim
	known := map[string]*claim{}
	for _, row := range r.facts[owners].rows {
		c := &claim{pool: row[0], owner: row[1], size: 1}
		if len(row) > 2 {
			c.size = r.int(row[2])
		}
		if other := known[c.key()]; other != nil {
			other.size = max(other.size, c.size)
		} else if c.size > 0 {
			known[c.key()] = c
			claims = append(claims, c)
		}
	}
	r.sortClaims(claims)
	return claims
}

// sortClaims puts claims into the order of their pools and owners.
func (r *run) sortClaims(claims []*claim) {
	slices.SortFunc(claims, func(x, y *claim) int {
		if c := r.store.Compare(x.pool.Type, x.pool.Value, y.pool.Value); c != 0 {
			return c
		}
		return r.store.Compare(x.owner.Type, x.owner.Value, y.owner.Value)
	})
}

// wishes returns the number stated for each owner, the least if there are several.
func (r *run) wishes(relation string) map[string]int64 {
	wishes := map[string]int64{}
	for _, row := range r.facts[relation].rows {
		n := r.int(row[2])
		if old, ok := wishes[row[:2].String()]; !ok || n < old {
			wishes[row[:2].String()] = n
		}
	}
	return wishes
}

// had returns the number of each owner in an earlier result.
func had(before []string) map[string]int64 {
	numbers := map[string]int64{}
	for _, row := range before {
		owner, n := cutNumber(row)
		numbers[owner] = n
	}
	return numbers
}

// sizes returns how many numbers each owner needed in an earlier result.
func (r *run) sizes(owners string, before []string) map[string]int64 {
	sizes := map[string]int64{}
	sized := len(r.facts[owners].rows) > 0 && len(r.facts[owners].rows[0]) > 2
	for _, row := range before {
		owner, n := row, int64(1)
		if sized {
			owner, n = cutNumber(row)
		}
		sizes[owner] = max(sizes[owner], n)
	}
	return sizes
}

// cutNumber parts a row's text before its last column, which is a number.
func cutNumber(row string) (rest string, n int64) {
	at := strings.LastIndex(row, ", ")
	n, err := strconv.ParseInt(row[at+2:], 10, 64)
	if err != nil {
		panic("naive: no number at the end of " + row)
	}
	return row[:at], n
}

func (r *run) int(d Datum) int64 { return r.store.Int(d.Value) }
