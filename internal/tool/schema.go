package tool

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"

	"woven/relations/ovsschema"
)

func schemaCommand() *cobra.Command {
	var prefix, write string
	cmd := &cobra.Command{
		Use:   "schema FILE.ovsschema",
		Short: "print the declarations of a database's relations",
		Long: `schema reads the schema of an OVSDB database and prints the declarations that rules/schema/ holds:
nb.T(Row), nb.T.c(Row, Value) and so on, and want.nb.T for what rules want there. With --write it
makes the files of all databases that the rules know anew, from the installed schemas.`,
		Example: `  woven schema /usr/share/ovn/ovn-nb.ovsschema
  woven schema --prefix vtep vtep.ovsschema > vtep.mg
  woven schema --write rules/schema`,
		Args: cobra.MaximumNArgs(1),
	}
	cmd.Flags().StringVar(&prefix, "prefix", "", "what the relations' names begin with")
	cmd.Flags().StringVar(&write, "write", "", "folder to write nb.mg, sb.mg and ovs.mg into")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case write != "" && len(args) == 0 && prefix == "":
			return ovsschema.Write(write)
		case write != "":
			return fmt.Errorf("--write takes neither a file nor --prefix")
		case len(args) == 0:
			return fmt.Errorf("which schema: a file such as %s", ovsschema.Files[0].Schema)
		}
		text, err := os.ReadFile(args[0])
		if err != nil {
			return err
		}
		if prefix == "" {
			if prefix, err = knownPrefix(args[0]); err != nil {
				return err
			}
		}
		if !regexp.MustCompile(`^[a-z][a-z0-9_]*$`).MatchString(prefix) {
			return fmt.Errorf("--prefix %q: a prefix is lower case, such as nb", prefix)
		}
		database, err := ovsschema.Parse(text)
		if err != nil {
			return found("%s: %w", args[0], err)
		}
		_, err = cmd.OutOrStdout().Write(ovsschema.Declare(database, prefix))
		return err
	}
	return cmd
}

// knownPrefix is the prefix of a database that the rules know, by the name of its schema file.
func knownPrefix(path string) (string, error) {
	for _, f := range ovsschema.Files {
		if filepath.Base(f.Schema) == filepath.Base(path) {
			return f.Prefix, nil
		}
	}
	return "", fmt.Errorf("which --prefix the relations of %s have", filepath.Base(path))
}
