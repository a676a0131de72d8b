package action

import (
	"sync"

	"woven/internal/logical/lex"
)

// cache keeps templates that were used lately. It can be used by several goroutines at once.
//
// It has two generations. What is used moves to the young one; when that is full it becomes the old
// one, and what was not used since the last time is forgotten.
type cache struct {
	limit int // of a generation, in tokens of its templates

	mu         sync.RWMutex
	young, old map[string]*template
	size       int // of the young generation
}

// cacheLimit bounds the cache's memory: a token takes up about 200 bytes. The texts of a large
// network have some hundred templates of 50 tokens, and load balancers larger ones.
const cacheLimit = 100_000

var templates = newCache(cacheLimit)

func newCache(limit int) *cache { return &cache{limit: limit, young: map[string]*template{}} }

// get returns the template of a text.
func (c *cache) get(tokens []lex.Token) *template {
	var buffer [512]byte
	key := appendKey(buffer[:0], tokens)
	c.mu.RLock()
	t := c.young[string(key)]
	c.mu.RUnlock()
	if t != nil {
		return t
	}
	c.mu.RLock()
	t = c.old[string(key)]
	c.mu.RUnlock()
	if t == nil {
		t = newTemplate(tokens)
	}
	c.put(string(key), t)
	return t
}

func (c *cache) put(key string, t *template) {
	if t.size > c.limit/2 {
		return // one text must not drive out all others
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.young[key] != nil {
		return
	}
	if c.size += t.size; c.size > c.limit {
		c.old, c.young, c.size = c.young, map[string]*template{}, t.size
	}
	c.young[key] = t
}
