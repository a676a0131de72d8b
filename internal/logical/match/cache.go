package match

import "sync"

// cacheSize is how many templates each of the two generations of a cache holds. A cloud's flows have
// a few hundred; who writes matches of ever new forms gains nothing from a larger one.
const cacheSize = 4096

// maxKey is how long the key of a template may be that is remembered, in bytes.
const maxKey = 4096

// cache remembers templates by their keys. When the young generation is full it becomes the old one,
// and what was old and has not been used since is forgotten. Any number of goroutines may use it.
type cache struct {
	mu         sync.RWMutex
	young, old map[string]*template
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
	if len(r.key) > maxKey {
		return t
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.young) >= cacheSize || c.young == nil {
		c.young, c.old = make(map[string]*template), c.young
	}
	c.young[string(r.key)] = t
	return t
}
