// Command woven-controller does the work of ovn-controller(8): it turns the Southbound into the
// flows of this hypervisor's Open vSwitch.
package main

import (
	"os"

	"woven/internal/controller"
)

func main() { os.Exit(controller.Main(os.Args)) }
