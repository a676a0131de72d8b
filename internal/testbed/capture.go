package testbed

import (
	"bytes"
	"fmt"
	"sync"
)

// Capture holds the frames that arrive at a machine while it is open.
type Capture struct {
	vm   *VM
	stop func()

	mu     sync.Mutex
	frames [][]byte
}

// Capture begins to collect the frames that arrive at the machine.
func (v *VM) Capture() *Capture {
	c := &Capture{vm: v}
	c.stop = v.wire.listen(func(frame []byte) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.frames = append(c.frames, frame)
	})
	return c
}

// Close ends the collecting; what was collected stays.
func (c *Capture) Close() { c.stop() }

// Count says how many of the frames contain a payload.
func (c *Capture) Count(payload []byte) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	count := 0
	for _, frame := range c.frames {
		if bytes.Contains(frame, payload) {
			count++
		}
	}
	return count
}

// Await waits until a frame with the payload is there.
func (c *Capture) Await(payload []byte) error {
	return Until(fmt.Sprintf("%s receives %q", c.vm.Name, payload), func() error {
		if c.Count(payload) > 0 {
			return nil
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		return fmt.Errorf("it received %d other frames", len(c.frames))
	})
}

// Send sends an Ethernet frame out of the machine's card, past its own network stack. It may have
// any source.
func (v *VM) Send(frame []byte) error {
	if err := v.wire.send(frame); err != nil {
		return fmt.Errorf("machine %s sends a frame: %w", v.Name, err)
	}
	return nil
}
