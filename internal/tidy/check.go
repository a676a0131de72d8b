package tidy

// checks are all rules of style, each in a file of its own.
var checks = []func(*Repository) []Finding{
	checkImports,
	checkModules,
	checkLengths,
	checkDocumentation,
	checkWords,
	checkWaits,
	checkNames,
	checkRules,
	checkLinks,
}

// Check returns every finding of every rule, in the order of files and lines, without those that
// an exception allows. An exception that allows nothing is a finding itself.
func Check(r *Repository) []Finding {
	var found []Finding
	for _, check := range checks {
		found = append(found, check(r)...)
	}
	return order(except(found, exceptions))
}
