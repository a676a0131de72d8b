// Command woven-northd does the work of ovn-northd(8): it turns the Northbound into the Southbound.
package main

import (
	"os"

	"woven/internal/northd"
)

func main() { os.Exit(northd.Main(os.Args)) }
