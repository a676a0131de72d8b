package match

import "sync"

// cacheSize is how many templates each of the two generations of a cache holds, and cacheBytes how long
// their keys are together. A cloud's flows have a few hundred templates; who writes matches of ever new
// forms gains nothing from more.
const (
	cacheSize  = 4096
	cacheBytes = 1 << 20
)

// cache remembers templates by their keys. When the young generation is full it becomes the old one,
// and what was old and has not been used since is forgotten. Any number of goroutines may use it.
type cache struct {
	mu         sync.RWMutex
	young, old map[string]*template
	bytes      int // of the young keys
}

// get returns the template of a text that has been taken apart, from the cache or newly made.
func (c *cache) get(r *reading) *template {
	c.mu.RLock()
	t, found := c.young[string(r.key)]
	c.mu.RUnlock()
	if found {
		return t
	}
	c.mu.RLock()
	t, found = c.old[string(r.key)]
	c.mu.RUnlock()
	if !found {
		t = build(r)
	}
	if len(r.key) > cacheBytes {
		return t
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bytes += len(r.key)
	if len(c.young) >= cacheSize || c.bytes > cacheBytes || c.young == nil {
		c.young, c.old, c.bytes = make(map[string]*template), c.young, len(r.key)
	}
	c.young[string(r.key)] = t
	return t
}
