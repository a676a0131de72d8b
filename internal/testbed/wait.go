package testbed

import (
	"fmt"
	"time"
)

// Patience is how long something may take that should happen soon, before it counts as failed. It
// is generous, because machines that run tests are slow at times.
const Patience = 60 * time.Second

// lookEvery is the pause between two looks at a condition.
const lookEvery = 10 * time.Millisecond

// Until waits until the condition says that it holds. It gives up with the condition's last error
// when Patience is over.
func Until(what string, condition func() error) error {
	deadline := time.Now().Add(Patience)
	for {
		err := condition()
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("waited %s until %s: %w", Patience, what, err)
		}
		time.Sleep(lookEvery)
	}
}
