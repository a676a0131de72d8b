package tool

import "github.com/spf13/cobra"

func evalCommand() *cobra.Command   { return &cobra.Command{Use: "eval"} }
func queryCommand() *cobra.Command  { return &cobra.Command{Use: "query"} }
func whyCommand() *cobra.Command    { return &cobra.Command{Use: "why"} }
func testCommand() *cobra.Command   { return &cobra.Command{Use: "test"} }
func benchCommand() *cobra.Command  { return &cobra.Command{Use: "bench"} }
func docCommand() *cobra.Command    { return &cobra.Command{Use: "doc"} }
func schemaCommand() *cobra.Command { return &cobra.Command{Use: "schema"} }
