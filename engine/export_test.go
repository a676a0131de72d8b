package engine

// SetBulkRows changes from how many changed rows on work is shared among the processors, until
// restore is called.
func SetBulkRows(n int) (restore func()) {
	old := bulkRows
	bulkRows = n
	return func() { bulkRows = old }
}
