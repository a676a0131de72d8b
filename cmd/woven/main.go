// Command woven is the tool for those who write rules and those who run them: it checks rules,
// evaluates them on facts from files, explains what they conclude, and runs their tests.
package main

import (
	"os"

	"woven/internal/tool"
)

func main() {
	os.Exit(tool.Main(os.Args[1:], os.Stdout, os.Stderr))
}
